import { complaints } from './try-rule.fixture';

describe('outbound', () => {
  it.each([
    `await fetch('https://example.org');`,
    `import { request } from 'undici';`,
    `import https from 'node:https'; https.get('https://example.org');`,
    `http.request({});`,
  ])('refuses %s', code => expect(complaints('outbound', 'apps/api/src/a.ts', code)).toEqual(['client']));

  it.each([
    ['apps/api/src/a.ts', `await this.outbound.fetch('https://example.org');`],
    ['apps/cli/src/a.ts', `await fetch('http://127.0.0.1:4000/ready');`],
    ['libs/kernel/src/outbound/a.ts', `import { fetch } from 'undici';`],
    ['apps/api/src/a.ts', `import type { IncomingMessage } from 'node:http';`],
  ])('in %s allows %s', (path, code) => expect(complaints('outbound', path, code)).toEqual([]));
});
