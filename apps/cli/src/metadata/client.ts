import { StackFault } from '@nself/dev-stack';
import type { Metadata } from '@nself/hasura-metadata';

/** The metadata API of a GraphQL service, ours or Hasura's own: `POST /v1/metadata`. */
export class MetadataClient {
  constructor(
    private readonly address: string,
    private readonly adminSecret: string,
  ) {}

  async export(): Promise<Metadata> {
    const { parseMetadata } = await import('@nself/hasura-metadata');
    return parseMetadata(await this.call('export_metadata', {}));
  }

  /** Replaces the whole document. @returns what in it does not fit the database. */
  async replace(metadata: Metadata): Promise<readonly Inconsistency[]> {
    const answer = await this.call('replace_metadata', { allow_inconsistent_metadata: true, metadata }, 2);
    return (answer as { inconsistent_objects?: Inconsistency[] }).inconsistent_objects ?? [];
  }

  /** Lets the service read the database's structure again. */
  async reload(): Promise<readonly Inconsistency[]> {
    const answer = await this.call('reload_metadata', { reload_sources: true });
    return (answer as { inconsistent_objects?: Inconsistency[] }).inconsistent_objects ?? [];
  }

  /** What of the document does not fit the database. */
  async inconsistencies(): Promise<readonly Inconsistency[]> {
    const answer = await this.call('get_inconsistent_metadata', {});
    return (answer as { inconsistent_objects: Inconsistency[] }).inconsistent_objects;
  }

  private async call(type: string, args: object, version?: number): Promise<unknown> {
    const answer = await this.send({ type, args, ...(version ? { version } : {}) });
    const body = (await answer.json()) as { error?: string; path?: string };
    if (answer.ok) return body;
    throw new StackFault(
      `The GraphQL service refused ${type}: ${body.error ?? answer.status} (${body.path ?? ''}).`,
      'Mend the metadata at that place.',
    );
  }

  private async send(body: object): Promise<Response> {
    try {
      return await fetch(`${this.address}/v1/metadata`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hasura-admin-secret': this.adminSecret },
        body: JSON.stringify(body),
      });
    } catch {
      throw new StackFault(
        `The GraphQL service does not answer at ${this.address}.`,
        'Start the stack with ./nself start, or name a service with --endpoint.',
      );
    }
  }
}

export interface Inconsistency {
  readonly type: string;
  readonly name?: string;
  readonly reason: string;
}
