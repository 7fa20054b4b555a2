import { HASURA_ROLES } from '@nself/identity';
import { contextStatement } from '@nself/tenancy';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../support';
import {
  familyTables,
  fillFamily,
  insertText,
  sampleRow,
  type FamilyTable,
  type FilledFamily,
  type Reference,
} from './isolation-world';

export const roles = [...HASURA_ROLES, 'service'] as const;
export type Role = (typeof roles)[number];

export const verbs = ['select', 'update', 'delete', 'insert'] as const;
export type Verb = (typeof verbs)[number];

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How far a statement came: to a row, to a constraint behind the wall, or to the wall. */
export type Outcome = 'reached' | 'constrained' | 'walled';

/** Two families in one database, and statements of the one that are aimed at rows of the other. */
export class Statements {
  /** How many were made. */
  count = 0;

  private constructor(
    readonly database: TestDatabase,
    /** Past every wall. */
    readonly superuser: Client,
    private readonly app: Client,
    readonly tables: readonly FamilyTable[],
    readonly ours: FilledFamily,
    readonly theirs: FilledFamily,
  ) {}

  static async open(): Promise<Statements> {
    const database = await testDatabase();
    const superuser = new Client({ connectionString: database.ownerUrl });
    const app = new Client({ connectionString: database.appUrl });
    await Promise.all([superuser.connect(), app.connect()]);
    const tables = await familyTables(superuser);
    const ours = await fillFamily(superuser, tables);
    const theirs = await fillFamily(superuser, tables);
    return new Statements(database, superuser, app, tables, ours, theirs);
  }

  async end(): Promise<void> {
    await Promise.all([this.app.end(), this.superuser.end()]);
    await this.database.drop();
  }

  /** A statement that meets their row of the table, if anybody lets it. */
  aimedAt(table: FamilyTable, verb: Verb): Statement {
    const { name, updatable } = table;
    const values = [idOf(this.theirs, name)];
    switch (verb) {
      case 'select':
        return { text: `select 1 from ${name} where id = $1`, values };
      case 'update':
        return {
          text: `update ${name} set ${updatable[0]} = ${updatable[0]} where id = $1 returning 1`,
          values,
        };
      case 'delete':
        return { text: `delete from ${name} where id = $1 returning 1`, values };
      case 'insert':
        return insertOf(table, sampleRow(table, this.theirs));
    }
  }

  async make(statement: Statement, as: FilledFamily, role: Role): Promise<Outcome> {
    try {
      const rows = await this.rowsOf(statement, as, role);
      return rows.length > 0 || statement.text.startsWith('insert') ? 'reached' : 'walled';
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (code === '42501') return 'walled';
      if (code.startsWith('23')) return 'constrained';
      throw error;
    }
  }

  /** Somebody of the other family, in some role that it knows, can do it: in one state of its vault or another. */
  async arrivesForOwner(statement: Statement): Promise<boolean> {
    for (const state of ['active', 'sealed']) {
      await this.setVaults(state);
      for (const role of ['owner', 'service', 'device'] as const) {
        if ((await this.make(statement, this.theirs, role)) !== 'walled') return true;
      }
    }
    return false;
  }

  /** Runs it in a transaction that leaves nothing behind. */
  async rowsOf(
    { text, values }: Statement,
    as: FilledFamily,
    role: Role,
  ): Promise<Record<string, unknown>[]> {
    this.count++;
    const person = role === 'anonymous' || role === 'service' || role === 'device' ? null : as.me;
    const context = contextStatement({ familyId: as.id, userId: person, role, traceId: 'test', session: {} });
    await this.app.query('begin');
    try {
      await this.app.query(context.text, [...context.values]);
      return (await this.app.query<Record<string, unknown>>(text, [...values])).rows;
    } finally {
      await this.app.query('rollback');
    }
  }

  /**
   * Writes a row of ours that points to theirs, past row security; our own row makes room for it.
   *
   * @returns the SQLSTATE of the refusal; undefined when it was written
   */
  async pointAcross(table: FamilyTable, { columns, target, targetColumns }: Reference): Promise<unknown> {
    this.count++;
    const row = sampleRow(table, this.ours);
    const own = columns.filter(column => column !== 'family_id');
    for (const [index, column] of columns.entries()) {
      if (column === 'family_id') continue;
      row[column] = target.endsWith('.family_members')
        ? this.theirs.me
        : this.theirs.rows.get(target)?.[targetColumns[index] ?? ''];
    }
    await this.superuser.query('begin; set local session_replication_role = replica');
    try {
      await this.superuser.query(`delete from ${table.name} where id = $1`, [idOf(this.ours, table.name)]);
      await this.superuser.query('set local session_replication_role = default');
      const { rows } = await this.superuser.query<Record<string, unknown>>(
        insertText(table.name, row),
        Object.values(row),
      );
      // A trigger may have put something else in its place.
      return own.every(column => rows[0]?.[column] === row[column]) ? undefined : '23514';
    } catch (error) {
      return (error as { code?: string }).code ?? error;
    } finally {
      await this.superuser.query('rollback');
    }
  }

  private async setVaults(state: string): Promise<void> {
    await this.superuser.query('set session_replication_role = replica');
    await this.superuser.query('update legacy_vaults set state = $1 where family_id = $2', [
      state,
      this.theirs.id,
    ]);
    await this.superuser.query('set session_replication_role = default');
  }
}

export const idOf = (family: FilledFamily, table: string): unknown => family.rows.get(table)?.['id'];

function insertOf(table: FamilyTable, row: Record<string, unknown>): Statement {
  const text = insertText(table.name, row);
  const readable = table.grants.includes('select');
  return { text: readable ? text : text.replace(/ returning \*$/, ''), values: Object.values(row) };
}
