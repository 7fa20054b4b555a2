import { Injectable } from '@nestjs/common';
import { isUnderClaim, prepared, type Pipeline } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import { contextStatement, type RequestContext } from '../context';
import { rowsOf } from './rows';
import type { TenantTransaction } from './tenant-transaction';

/** What a statement of a group may be given; dates and lists are for those who spell them out themselves. */
export type GroupValue = string | number | boolean | null;

/**
 * One statement of a group: a constant text with values. If it answers rows, each has one column called `row` that is
 * JSON; dates therefore come as text.
 */
export interface GroupStatement {
  readonly text: string;
  readonly values: readonly GroupValue[];
}

/** The rows of each statement, in their order. */
export type GroupRows = readonly (readonly unknown[])[];

/**
 * The door for statements that are known beforehand: context, statements and commit leave in one write and come back
 * in one, over prepared statements. Where many people wait at once, as at sign-in, the round trips and the planning
 * that this spares are most of what the database costs.
 */
@Injectable()
export class TenantGroup {
  private readonly names = new Map<string, string | undefined>();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly door: TenantTransaction,
  ) {}

  /**
   * Runs the statements in one transaction for `context`: all of them or none. With `alongside`, and under an
   * Idempotency-Key, whose mark must be looked at before the commit, they go step by step through
   * {@link TenantTransaction}; what they do is the same.
   *
   * @throws what Postgres refuses with, and what `alongside` throws
   */
  async run(
    context: RequestContext,
    statements: readonly GroupStatement[],
    alongside?: (manager: EntityManager) => Promise<void>,
  ): Promise<GroupRows> {
    if (alongside || isUnderClaim()) return this.stepwise(context, statements, alongside);
    const { text, values } = contextStatement(context);
    const result = await this.pipeline.run({
      context: this.named({ text, values }),
      statements: statements.map(each => this.named(each)),
    });
    return result.map(rows => rows.map(([cell]) => (cell ? JSON.parse(cell.toString('utf8')) : null)));
  }

  async close(): Promise<void> {
    await this.pipeline.end();
  }

  private async stepwise(
    context: RequestContext,
    statements: readonly GroupStatement[],
    alongside?: (manager: EntityManager) => Promise<void>,
  ): Promise<GroupRows> {
    return this.door.run(context, async manager => {
      const all: unknown[][] = [];
      for (const { text, values } of statements) {
        const rows = await rowsOf<{ row?: unknown }>(manager, text, values);
        all.push(rows.map(each => each.row ?? null));
      }
      await alongside?.(manager);
      return all;
    });
  }

  /** Texts are constants of the house, so that the map stays small. */
  private named({ text, values }: GroupStatement): ReturnType<typeof prepared> {
    if (!this.names.has(text)) this.names.set(text, prepared(text).name);
    return {
      text,
      name: this.names.get(text),
      values: values.map(each => (each === null ? null : String(each))),
    };
  }
}
