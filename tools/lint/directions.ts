import { BELOW, MIGRATORS, placeOf, targetOf, type Place } from './house';
import { eachImport, houseRule } from './rule';

const messages = {
  upwards: '{{from}} may not import {{to}}. It may import: {{below}}.',
  sideways: '{{from}} may not reach into {{to}}; import a library by its name, @nself/<name>.',
  deep: 'A library is imported by its name alone: @nself/{{to}}.',
  app: 'Nothing imports an app, and {{from}} imports {{to}}.',
};

/** Dependencies point one way: `apps` import `libs`, each library imports those below it, nobody imports an app. */
export const directions = houseRule('Dependencies point one way.', messages, context => {
  const from = placeOf(context.filename);
  if (!from) return {};
  return eachImport((source, node) => {
    const target = targetOf(source, context.filename);
    if (!target) return;
    if (target.kind === 'library') {
      if (target.deep) context.report({ node, messageId: 'deep', data: { to: target.name } });
      const below = allowedFor(from);
      if (below && !below.includes(target.name)) {
        const data = { from: from.unit, to: `@nself/${target.name}`, below: below.join(', ') || 'nothing' };
        context.report({ node, messageId: 'upwards', data });
      }
      return;
    }
    const to = unitOf(target.path);
    if (to === from.unit || mayReach(from, target.path)) return;
    context.report({
      node,
      messageId: to.startsWith('apps/') ? 'app' : 'sideways',
      data: { from: from.unit, to },
    });
  });
});

/** The libraries that a place may import; undefined where all may be. */
function allowedFor({ unit, isTest }: Place): readonly string[] | undefined {
  if (unit === 'test' || unit === 'tools') return undefined;
  if (unit === 'apps/cli') return undefined;
  const everything = Object.keys(BELOW).filter(name => name !== 'dev-stack');
  if (unit === 'apps/admin' || unit === 'migrations') return [];
  if (unit.startsWith('libs/')) return [...(BELOW[unit.slice(5)] ?? []), ...(isTest ? [unit.slice(5)] : [])];
  return everything;
}

const unitOf = (path: string): string => {
  const [area = '', name = ''] = path.split('/');
  return area === 'libs' || area === 'apps' ? `${area}/${name}` : area;
};

/** Specs may use the harness; what runs migrations may import them; `test` may see everything but an app's inside. */
function mayReach({ unit, isTest }: Place, path: string): boolean {
  if (unitOf(path) === 'migrations') return MIGRATORS.includes(unit) || isTest;
  if (unitOf(path) === 'test') return isTest;
  if (unit === 'test' || unit === 'tools') return true;
  if (unitOf(path) === 'seeds') return unit === 'apps/cli';
  return path === 'package.json';
}
