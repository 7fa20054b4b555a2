import { ESLintUtils, type TSESLint, type TSESTree } from '@typescript-eslint/utils';

/** Makes a rule of the house. `why` is what a person reads who meets it for the first time. */
export function houseRule<Ids extends string>(
  why: string,
  messages: Record<Ids, string>,
  create: (context: Readonly<TSESLint.RuleContext<Ids, []>>) => TSESLint.RuleListener,
): TSESLint.RuleModule<Ids, []> {
  return ESLintUtils.RuleCreator.withoutDocs<[], Ids>({
    meta: { type: 'problem', docs: { description: why }, messages, schema: [] },
    defaultOptions: [],
    create,
  });
}

/** Calls back with every module that a file names, however it does: import, export from, import(), require(). */
export function eachImport(see: (source: string, node: TSESTree.Node) => void): TSESLint.RuleListener {
  const named = (node: { source: TSESTree.Node | null } & TSESTree.Node): void => {
    const source = textOf(node.source);
    if (source !== undefined) see(source, node);
  };
  return {
    ImportDeclaration: named,
    ExportNamedDeclaration: named,
    ExportAllDeclaration: named,
    ImportExpression: named,
    CallExpression(node) {
      const source = textOf(node.arguments[0] ?? null);
      const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require';
      if (isRequire && source !== undefined) see(source, node);
    },
  };
}

const textOf = (node: TSESTree.Node | null): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

/** The name by which a member is called: `x.name` or `x['name']`. */
export function memberName({ property }: TSESTree.MemberExpression): string | undefined {
  return property.type === 'Identifier' ? property.name : textOf(property);
}

/** The names of the decorators on a class, method or parameter: `Public` of `@Public()`. */
export const decoratorNames = (decorators: readonly TSESTree.Decorator[]): string[] =>
  decorators.flatMap(({ expression }) => {
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    return callee.type === 'Identifier' ? [callee.name] : [];
  });
