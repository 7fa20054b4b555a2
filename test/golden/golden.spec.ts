import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionOf, type Session } from '../../libs/graphql-engine/src/executor';
import { world, type World, type WorldOptions } from '../../libs/graphql-engine/src/testing/world.fixture';

/**
 * One folder, one request: what it is asked of (`schema.sql`, `metadata.json`), by whom (`session.json`), and what has
 * to come out, to the letter: the answer (`expected.json`) and the statements (`expected.sql`). GOLDEN=write writes the
 * last two anew; read them before you commit them. Whoever asked the same shortly before stands in `earlier.json`.
 */
const isWriting = process.env['GOLDEN'] === 'write';
const cases = readdirSync(__dirname, { withFileTypes: true }).filter(entry => entry.isDirectory());

describe.each(cases.map(({ name }) => name))('%s', name => {
  const file = (part: string) => join(__dirname, name, part);
  const text = (part: string) => readFileSync(file(part), 'utf8');
  const json = (part: string) => JSON.parse(text(part)) as Record<string, unknown>;
  const session = sessionIn(json('session.json') as SessionFile);
  const earlier = existsSync(file('earlier.json')) ? (JSON.parse(text('earlier.json')) as SessionFile[]) : [];
  const values = existsSync(file('variables.json')) ? json('variables.json') : {};

  let here: World;
  beforeAll(async () => {
    const { tables, functions, customization, ...more } = json('metadata.json');
    const source = {
      tables,
      ...(functions !== undefined && { functions }),
      ...(customization !== undefined && { customization }),
    };
    here = await world({ schema: text('schema.sql'), source, ...more } as WorldOptions);
  });
  afterAll(() => here.drop());

  it('answers as expected', async () => {
    for (const one of earlier) await here.say(sessionIn(one), text('query.graphql'), values);
    const answer = pretty(await here.say(session, text('query.graphql'), values));
    if (isWriting) writeFileSync(file('expected.json'), answer);
    expect(answer).toBe(text('expected.json'));
  });

  it('asks Postgres as expected', () => {
    const statements = statementsOf(here, text('query.graphql'));
    if (isWriting) writeFileSync(file('expected.sql'), statements);
    expect(statements).toBe(text('expected.sql'));
  });

  // A request that is refused before it reaches Postgres has no statements.
  function statementsOf(where: World, query: string): string {
    try {
      return `${where.statements(session, query, values).join('\n;\n')}\n`;
    } catch (error) {
      return `-- ${(error as Error).message}\n`;
    }
  }
});

type SessionFile = Readonly<Record<string, string>>;

function sessionIn({ role, ...variables }: SessionFile): Session {
  return sessionOf(role ?? 'admin', variables);
}

/** JSON on lines, without reading it: numbers keep all their digits. */
function pretty(json: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const written = tokens.map(token => {
    if (token === '{' || token === '[') return `${token}${(depth++, line())}`;
    if (token === '}' || token === ']') return `${(depth--, line())}${token}`;
    return token === ',' ? `,${line()}` : token === ':' ? ': ' : token;
  });
  return `${written.join('')}\n`;
}
