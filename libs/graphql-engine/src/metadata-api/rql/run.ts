import { compile, type CompiledStatement } from '../../compiler';
import { blame } from '../../engine';
import type { RootNode } from '../../ir';
import { JsonText, valuesOf } from '../../planner';
import type { Workspace } from '../workspace';

/** Runs one node in the request's transaction and gives what it answers, as Postgres has written it. */
export async function runNode(node: RootNode, work: Workspace): Promise<JsonText> {
  const { before = [], statement } = compile(node);
  for (const first of before) await runStatement(first, work);
  const row = await runStatement(statement, work);
  const [text] = Object.values(row ?? {});
  return new JsonText(typeof text === 'string' ? text : JSON.stringify(text ?? null));
}

async function runStatement(
  statement: CompiledStatement,
  { transaction, session }: Workspace,
): Promise<Record<string, unknown> | undefined> {
  const values = valuesOf(statement, {}, session.variables);
  try {
    return (await transaction.query(statement.text, values))[0];
  } catch (error) {
    throw blame(error, { ...statement, path: '$.args' });
  }
}
