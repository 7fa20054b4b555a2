import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { placeOf } from './house';
import { decoratorNames, houseRule, memberName } from './rule';

const messages = {
  runner: '{{name}} goes round the tenancy door: take the manager that TenantTransaction.run hands out.',
  pool: 'A connection of its own knows no family: take the manager that TenantTransaction.run hands out.',
  context: 'Only contextStatement() of libs/tenancy writes the context.',
};

type Context = Readonly<TSESLint.RuleContext<keyof typeof messages, []>>;

const BANNED_MEMBERS = new Set(['createQueryRunner', 'createQueryBuilder', 'getRepository']);
const BANNED_DECORATORS = new Set(['InjectRepository', 'InjectDataSource', 'InjectEntityManager']);
const CONNECTIONS = new Set(['DataSource', 'Pool', 'SafePool', 'Client']);
const DRIVERS = new Set(['pg', 'typeorm', '@nself/kernel']);

/** Who makes connections, and why it may. */
const CONNECTORS: Readonly<Record<string, string>> = {
  'libs/tenancy': 'it is the door',
  'libs/kernel': 'it makes the pool that is safe, and the pipeline of the engine',
  'libs/identity/src/identity.module.ts': 'revocations are read before there is a family',
  'apps/graphql/src/database': 'the pipelines of the engine, which send contextStatement() first',
  'libs/pg-catalog': 'it reads the catalogue, which belongs to no family',
  'libs/dev-stack': 'it starts servers and asks whether they are up',
  'apps/cli': 'migrations and psql are the operator',
  migrations: 'they make the schema',
  test: 'tests look from all sides',
  tools: 'they are not part of a service',
};

/** Who writes a context, and why it may. */
const CONTEXT_WRITERS: Readonly<Record<string, string>> = {
  'libs/tenancy/src/context': 'it is the one statement',
  'apps/graphql/src/database/context.ts': 'a database without our schema is told what Hasura would tell it',
  migrations: 'functions read it',
};

const isIn = (path: string, list: Readonly<Record<string, string>>): boolean =>
  Object.keys(list).some(allowed => path === allowed || path.startsWith(`${allowed}/`));

const CONTEXT = /set_config\s*\(\s*'(app|hasura)\.|\bset\s+(session\s+|local\s+)?"?(app|hasura)\.\w/i;

/** Every statement of a service goes through the one door, which tells Postgres for whom it is. */
export const tenancyDoor = houseRule('Statements go through the tenancy door.', messages, context => {
  const place = placeOf(context.filename);
  if (!place || place.isTest) return {};
  const check = (node: TSESTree.Node, text: string): void => {
    if (CONTEXT.test(text)) context.report({ node, messageId: 'context' });
  };
  const literals: TSESLint.RuleListener = {
    Literal: node => check(node, String(node.value)),
    TemplateElement: node => check(node, node.value.raw),
  };
  return {
    ...(isIn(place.path, CONTEXT_WRITERS) ? {} : literals),
    ...(isIn(place.path, CONNECTORS) ? {} : connectionListeners(context)),
  };
});

function connectionListeners(context: Context): TSESLint.RuleListener {
  const constructors = new Set<string>();
  return {
    ImportDeclaration({ source, specifiers }) {
      if (DRIVERS.has(source.value)) for (const each of specifiers) constructors.add(each.local.name);
    },
    MemberExpression(node) {
      const name = memberName(node);
      if (name && BANNED_MEMBERS.has(name)) context.report({ node, messageId: 'runner', data: { name } });
    },
    Decorator(node) {
      const [name = ''] = decoratorNames([node]);
      if (BANNED_DECORATORS.has(name)) context.report({ node, messageId: 'runner', data: { name } });
    },
    NewExpression(node) {
      const [from, name] = constructorOf(node.callee);
      if (constructors.has(from) && CONNECTIONS.has(name)) context.report({ node, messageId: 'pool' });
    },
  };
}

/** What is made with `new`: the name that was imported, and the name of the class: `pg`, `Pool` of `new pg.Pool()`. */
function constructorOf(callee: TSESTree.Expression): [from: string, name: string] {
  if (callee.type === 'Identifier') return [callee.name, callee.name];
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return ['', ''];
  return [callee.object.name, memberName(callee) ?? ''];
}
