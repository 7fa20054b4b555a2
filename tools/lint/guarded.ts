import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { placeOf } from './house';
import { decoratorNames, houseRule, memberName } from './rule';

const messages = {
  open: 'This app has routes but no module of it imports IdentityModule.forRoot(), which closes them.',
  around:
    'A {{what}} is not seen by the guards. If it must be, add the file to tools/lint/guarded.ts with the reason.',
  both: 'Either open to everybody or to some roles: @Public() and @Roles() contradict each other.',
  job: 'A job works for the family of its run: handle(payload, run) must take the run with the payload.',
};

/** Files that answer requests which no guard of Nest sees, and who closes them instead. */
export const OWN_GUARDS: Readonly<Record<string, string>> = {
  'libs/graphql-engine/src/nest/engine.module.ts':
    "the engine's own authenticator gives each request its role, or refuses it",
  'libs/audit/src/audit.module.ts': 'it answers nothing: it writes down which answers were refusals',
};

/** By these one reaches the HTTP server past the router of Nest. */
const SIDE_DOORS = new Set(['HttpAdapterHost', 'MiddlewareConsumer']);

const UNGUARDED = new Set(['WebSocketGateway', 'SubscribeMessage', 'MessagePattern', 'EventPattern']);

/**
 * Nothing is open by accident. The bearer guard of `IdentityModule` stands before every route and resolver of an app
 * unless it says `@Public()`; so each app with routes must import that module, whatever Nest's guards do not see
 * (gateways, raw Express handlers) needs an entry with a reason, and a job must take the family it works for.
 */
export const guarded = houseRule(
  'Every route, resolver and job is guarded or says @Public().',
  messages,
  context => {
    const place = placeOf(context.filename);
    if (!place || place.isTest || !/^(apps|libs)\//.test(place.path)) return {};
    const own = OWN_GUARDS[place.path] !== undefined;
    return {
      Program(node) {
        if (/^apps\/[^/]+\/src\/main\.ts$/.test(place.path) && hasOpenRoutes(dirname(context.filename)))
          context.report({ node, messageId: 'open' });
      },
      Decorator(node) {
        const [name = ''] = decoratorNames([node]);
        if (UNGUARDED.has(name) && !own) context.report({ node, messageId: 'around', data: { what: name } });
      },
      ImportSpecifier({ imported, parent }) {
        const name = imported.type === 'Identifier' ? imported.name : imported.value;
        if (!own && SIDE_DOORS.has(name))
          context.report({ node: parent, messageId: 'around', data: { what: name } });
      },
      CallExpression(node) {
        if (!own && isRawRoute(node))
          context.report({ node, messageId: 'around', data: { what: 'raw handler' } });
      },
      'MethodDefinition, ClassDeclaration'(node: TSESTree.MethodDefinition | TSESTree.ClassDeclaration) {
        const names = decoratorNames(node.decorators);
        if (names.includes('Public') && names.includes('Roles')) context.report({ node, messageId: 'both' });
        if (names.includes('JobHandler') && !takesRun(node)) context.report({ node, messageId: 'job' });
      },
    };
  },
);

/** `app.use('/path', ...)` and `adapter.get('/path', ...)`: handlers that Express calls past the router of Nest. */
function isRawRoute({ callee, arguments: given }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const isApp = ['app', 'express', 'adapter', 'server', 'router'].includes(callee.object.name);
  const isRoute = ['use', 'get', 'post', 'put', 'patch', 'delete', 'all'].includes(memberName(callee) ?? '');
  const [first] = given;
  return (
    isApp && isRoute && given.length > 1 && first?.type === 'Literal' && String(first.value).startsWith('/')
  );
}

function takesRun(node: TSESTree.MethodDefinition | TSESTree.ClassDeclaration): boolean {
  if (node.type !== 'ClassDeclaration') return true;
  const handle = node.body.body.find(
    member =>
      member.type === 'MethodDefinition' && member.key.type === 'Identifier' && member.key.name === 'handle',
  );
  return handle?.type === 'MethodDefinition' && handle.value.params.length !== 1;
}

function hasOpenRoutes(source: string): boolean {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  const texts = files.map(file => readFileSync(join(source, file), 'utf8'));
  const hasRoutes = texts.some(text => /^@(Controller|Resolver)\(/m.test(text));
  return hasRoutes && !texts.some(text => text.includes('IdentityModule.forRoot('));
}
