import { complaints } from './try-rule.fixture';

const at = (code: string): string[] => complaints('lower-case-sql', 'apps/api/src/a.ts', code);

describe('lower-case-sql', () => {
  it.each([
    'm.query(`SELECT id FROM posts`);',
    `m.query('INSERT INTO posts VALUES (1) RETURNING id');`,
    `m.query('BEGIN');`,
  ])('refuses %s', code => expect(at(code)).toEqual(['shouting']));

  it.each([
    'm.query(`select id from posts`);',
    `const word = 'SELECT';`,
    `say('UPDATE your address');`,
    `type('DELETE')`,
  ])('allows %s', code => expect(at(code)).toEqual([]));
});
