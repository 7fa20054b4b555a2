import { ident, join, sql, type Sql } from '@nself/pg-sql';
import type { Keep, Step } from '../../ir';
import { newCompilation } from '../new-compilation';
import { statementOf, type CompiledStatement, type StatementExtras } from '../statement';
import { compileChange, target, writing } from './changes';
import { neededOf, rowWith, type Needed } from './needed';
import { refuse } from './refusal';
import { keep, recall, rowType, settings, slotSetting, written } from './written';

/** The first statement of several that add up: nothing is written yet. */
export function compileOpening(): CompiledStatement {
  const nothing = [keep(settings.rows, sql`'{}'`), keep(settings.count, sql`'0'`)];
  return statementOf(sql`select ${join(nothing, ', ')}`, newCompilation());
}

/** A statement that writes and keeps what it wrote: as the only one, or on top of what earlier steps kept. */
export function compileStep(step: Step, how: 'alone' | 'adding', shown: Needed): CompiledStatement {
  const compilation = newCompilation();
  const type = rowType(target(step.change));
  const needed = neededOf(step, shown);
  const isKept = step.keep.rows || step.keep.row !== undefined;
  const change = compileChange(
    step.change,
    row => (isKept ? [sql`${rowWith(needed, row, type)} as ${rowColumn}`] : []),
    compilation,
  );
  const kept = join(keeping(step.keep, how), ',\n');
  return statementOf(
    sql`${writing(change, written)}\nselect ${kept}\nfrom ${written}`,
    compilation,
    blame(step),
  );
}

/** Whom errors of a step's statement blame, and what it refuses by itself. */
export function blame({ path, keep: { row } }: Step): StatementExtras {
  const check = {
    code: 'permission-error',
    message: 'check constraint of an insert/update permission has failed',
    path,
  } as const;
  return { path, refusals: row ? { check, nothing: row.whenNothing } : { check } };
}

const rowColumn = ident('row');

function keeping({ rows, row }: Keep, how: 'alone' | 'adding'): readonly Sql[] {
  const all = sql`coalesce(array_agg(${rowColumn}), '{}')::text`;
  const count =
    how === 'alone' ? sql`count(*)::text` : sql`(${recall(settings.count)}::bigint + count(*))::text`;
  return [
    keep(settings.count, count),
    ...(rows ? [keep(settings.rows, how === 'alone' ? all : appended(recall(settings.rows), all))] : []),
    ...(row
      ? [keep(slotSetting(row.slot), sql`coalesce((array_agg(${rowColumn}))[1]::text, ${refuse('nothing')})`)]
      : []),
  ];
}

// Joined as text, `{a}` and `{b}` to `{a,b}`: reading and writing all earlier rows again for every step would make
// the whole quadratic.
function appended(earlier: Sql, more: Sql): Sql {
  return sql`case '{}' when ${more} then ${earlier} when ${earlier} then ${more} else left(${earlier}, -1) || ',' || substr(${more}, 2) end`;
}
