import type { RootNode } from '../ir';
import { compileAggregateRoot } from './aggregate';
import { compileConnectionRoot } from './connection';
import { compileMutation } from './mutations';
import { newCompilation } from './new-compilation';
import { compileSelectRoot } from './select';
import { statementOf, type CompiledRoot } from './statement';
import { compileStreamRoot } from './stream';

export { compileBool, compileConditions } from './bool-exp';
export type { Compilation, Scope } from './compilation';
export { newCompilation } from './new-compilation';
export { statementOf, type CompiledRoot, type CompiledStatement } from './statement';

/** IR to SQL. It knows neither roles nor metadata nor GraphQL: everything it may say is in the node. */
export function compile(node: RootNode): CompiledRoot {
  const compilation = newCompilation();
  switch (node.kind) {
    case 'select':
      return { statement: statementOf(compileSelectRoot(node, compilation), compilation) };
    case 'aggregate':
      return { statement: statementOf(compileAggregateRoot(node, compilation), compilation) };
    case 'connection':
      return { statement: statementOf(compileConnectionRoot(node, compilation), compilation) };
    case 'stream':
      return {
        statement: statementOf(compileStreamRoot(node, compilation), compilation, { stream: node.cursor }),
      };
    case 'mutation':
    case 'mutation-list':
      return compileMutation(node);
  }
}
