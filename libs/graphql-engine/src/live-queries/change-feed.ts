import type { TableKey } from '../model';
import type { QueryRunner } from '../executor';

/** Channel on which triggers tell of changes; payload `{"table": "schema.name", "family": uuid | null}`. */
export const CHANGES = 'nself_changes';

/** Something that wants to know when what it reads may have changed. */
export interface Watcher {
  readonly tables: ReadonlySet<TableKey>;
  /** The only family whose rows it can see, '' when it can see none; undefined when it may see any. */
  readonly family: string | undefined;
  changed(): void;
}

type ByFamily = Map<string | undefined, Set<Watcher>>;

/** Hears the database's change notification and tells those concerned. */
export class ChangeFeed {
  private readonly watchers = new Map<TableKey, ByFamily>();
  private readonly everyone = new Set<Watcher>();
  private stopListening: (() => Promise<void>) | undefined;

  async start(runner: QueryRunner): Promise<void> {
    this.stopListening = await runner.listen(
      CHANGES,
      payload => this.hear(payload),
      () => this.gap(),
    );
  }

  async stop(): Promise<void> {
    await this.stopListening?.();
  }

  add(watcher: Watcher): void {
    this.everyone.add(watcher);
    for (const table of watcher.tables) {
      const families: ByFamily = this.watchers.get(table) ?? new Map();
      this.watchers.set(table, families);
      const set = families.get(watcher.family) ?? new Set();
      families.set(watcher.family, set.add(watcher));
    }
  }

  remove(watcher: Watcher): void {
    this.everyone.delete(watcher);
    for (const table of watcher.tables) {
      const families = this.watchers.get(table);
      const set = families?.get(watcher.family);
      set?.delete(watcher);
      if (set?.size === 0) families?.delete(watcher.family);
      if (families?.size === 0) this.watchers.delete(table);
    }
  }

  /** Whatever was said while nobody listened is lost: all may have changed. */
  private gap(): void {
    for (const watcher of this.everyone) watcher.changed();
  }

  private hear(payload: string): void {
    const change = changeOf(payload);
    const families = change && this.watchers.get(change.table);
    if (!families) return;
    if (change.family === null) for (const set of families.values()) tell(set);
    else for (const family of [change.family, undefined]) tell(families.get(family));
  }
}

function tell(watchers: ReadonlySet<Watcher> | undefined): void {
  if (watchers) for (const watcher of watchers) watcher.changed();
}

/** Undefined for what is none of ours: anybody who may connect may notify. */
function changeOf(payload: string): { table: TableKey; family: string | null } | undefined {
  try {
    const json: unknown = JSON.parse(payload);
    if (typeof json !== 'object' || json === null || !('table' in json) || typeof json.table !== 'string')
      return undefined;
    const family = 'family' in json && typeof json.family === 'string' ? json.family : null;
    return { table: json.table, family };
  } catch {
    return undefined;
  }
}
