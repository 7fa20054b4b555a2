import { logger } from '@nself/observability';
import type { Served } from '../engine';
import type { QueryRunner, SessionVariables } from '../executor';
import type { TableKey } from '../model';
import { readExposure, type Exposure, type TableName } from './exposure';
import { announceChanges } from './triggers';

const log = logger('live-queries');

/**
 * What the catalogue says about the tables of live queries; asked once for each set of tables and model. Tables that
 * do not announce their changes are made to, where the login may.
 */
export class Exposures {
  private known = new Map<string, Promise<Exposure>>();
  private current: Served | undefined;
  /** Tables that could not be given a trigger; tried again only with another model. */
  private readonly refused = new Set<TableKey>();

  constructor(
    private readonly runner: QueryRunner,
    private readonly admin: SessionVariables,
  ) {}

  of(
    { tables, opaque }: { tables: readonly TableKey[]; opaque: boolean },
    served: Served,
  ): Promise<Exposure> {
    if (this.current !== served) {
      this.current = served;
      this.known = new Map();
      this.refused.clear();
    }
    const key = `${opaque ? 'opaque' : ''}\0${tables.join('\0')}`;
    const found = this.known.get(key) ?? this.read(tables, opaque, served);
    this.known.set(key, found);
    found.catch(() => this.known.delete(key));
    return found;
  }

  private async read(tables: readonly TableKey[], called: boolean, { model }: Served): Promise<Exposure> {
    const names = tables.flatMap(key => model.tables.get(key) ?? []);
    const first = await readExposure(this.runner, this.admin, names, called);
    if (first.opaque) return readExposure(this.runner, this.admin, [...model.tables.values()], true);
    const silent = first.silent.filter(({ schema, name }) => !this.refused.has(`${schema}.${name}`));
    if (silent.length === 0 || !(await this.announce(silent))) return first;
    return readExposure(this.runner, this.admin, names, called);
  }

  private async announce(silent: readonly TableName[]): Promise<boolean> {
    try {
      await announceChanges(this.runner, this.admin, silent);
      return true;
    } catch (error) {
      for (const { schema, name } of silent) this.refused.add(`${schema}.${name}`);
      const names = silent.map(({ schema, name }) => `${schema}.${name}`);
      log.info({ tables: names, err: error }, 'these tables cannot announce their changes and are polled');
      return false;
    }
  }
}
