import { complaints } from './try-rule.fixture';

const at = (path: string, source: string): string[] =>
  complaints('doors', path, `import { x } from '${source}';`);

describe('doors', () => {
  it.each([
    ['libs/kernel/src/redis/a.ts', '../errors'],
    ['libs/kernel/src/redis/a.ts', '../errors/index.js'],
    ['libs/kernel/src/redis/a.ts', './redis'],
    ['libs/kernel/src/index.ts', './errors'],
    ['libs/identity/src/guards/a.ts', '../identity.settings'],
    ['libs/kernel/src/redis/a.spec.ts', '../errors/table'],
  ])('%s may import %s', (path, source) => expect(at(path, source)).toEqual([]));

  it.each([
    ['libs/kernel/src/redis/a.ts', '../errors/table'],
    ['libs/kernel/src/index.ts', './errors/table'],
  ])('%s may not import %s', (path, source) => expect(at(path, source)).toEqual(['window']));
});
