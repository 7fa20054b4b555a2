import { ident, join, nest, sql, type Sql } from '@nself/pg-sql';
import type { Mutation, MutationList, Step } from '../../ir';
import type { Compilation } from '../compilation';
import { newCompilation } from '../new-compilation';
import { statementOf, type CompiledRoot, type CompiledStatement, type StatementExtras } from '../statement';
import { compileAnswer, plainColumns } from './answer';
import { compileChange, writing } from './changes';
import { neededBy } from './needed';
import { blame, compileOpening, compileStep } from './step';
import { keep, recall, settings, written } from './written';

/** A mutation as one statement where Postgres allows it, else as several that leave together (ir/mutation.ts). */
export function compileMutation(node: Mutation | MutationList): CompiledRoot {
  if (node.kind === 'mutation-list') return compileList(node);
  const { before, last } = parts(node);
  return { before, statement: finished(last, sql`${last.answer}`) };
}

/** The last statement of a mutation, in two halves so that its answer can be wrapped. */
interface Last {
  readonly writing?: Sql;
  readonly answer: Sql;
  readonly compilation: Compilation;
  readonly extras?: StatementExtras;
}

function finished({ writing: change, compilation, extras }: Last, answer: Sql): CompiledStatement {
  return statementOf(change ? sql`${change}\n${answer}` : answer, compilation, extras);
}

function parts(mutation: Mutation): { before: readonly CompiledStatement[]; last: Last } {
  const { steps, table, answer } = mutation;
  const [first, ...others] = steps;
  const columns = plainColumns(answer);
  if (first && others.length === 0 && columns) return { before: [], last: single(mutation, first, columns) };
  const shown = neededBy(answer);
  const before =
    first && others.length === 0
      ? [compileStep(first, 'alone', shown)]
      : [compileOpening(), ...steps.map(step => compileStep(step, 'adding', shown))];
  const compilation = newCompilation();
  return { before, last: { answer: compileAnswer(answer, table, 'earlier', compilation), compilation } };
}

function single({ table, answer }: Mutation, step: Step, columns: readonly string[]): Last {
  const compilation = newCompilation();
  const change = compileChange(
    step.change,
    row => columns.map(column => sql`${row.self}.${ident(column)}`),
    compilation,
  );
  const shown = compileAnswer(answer, table, 'this-statement', compilation);
  return { writing: writing(change, written), answer: shown, compilation, extras: blame(step) };
}

/** Each mutation adds its answer to those before it; the last statement makes them a list. */
function compileList({ mutations }: MutationList): CompiledRoot {
  const opening = statementOf(sql`select ${keep(settings.answers, sql`''`)}`, newCompilation());
  const each = mutations.flatMap(mutation => {
    const { before, last } = parts(mutation);
    return [...before, finished(last, collecting(last.answer))];
  });
  const list = sql`select '[' || ${recall(settings.answers)} || ']' as "root"`;
  return { before: [opening, ...each], statement: statementOf(list, newCompilation()) };
}

function collecting(answer: Sql): Sql {
  const all = sql`concat_ws(',', nullif(${recall(settings.answers)}, ''), "root")`;
  return join([sql`select ${keep(settings.answers, all)}`, sql`from (${nest(answer)}) as "answer"`], '\n');
}
