import { ExactNumber } from '../../planner';
import { parseJson } from './json';

const BIG = '9007199254740993';
const read = (text: string, place?: string): unknown => parseJson(Buffer.from(text), place);

describe('numbers of a body', () => {
  it.each([
    ['at the top', `{"variables": {"id": ${BIG}}}`, { id: new ExactNumber(BIG) }],
    [
      'deep inside',
      `{"variables": {"rows": [{"id": [${BIG}]}]}}`,
      { rows: [{ id: [new ExactNumber(BIG)] }] },
    ],
    ['under a name with escapes', `{"v\\u0061riables": {"id": ${BIG}}}`, { id: new ExactNumber(BIG) }],
    ['beside short ones', `{"variables": {"a": 1, "id": ${BIG}}}`, { a: 1, id: new ExactNumber(BIG) }],
  ])('stay exact %s', (_, text, variables) => {
    expect(read(text, 'variables')).toEqual({ variables });
  });

  it('stay exact in a list of requests', () => {
    const requests = [{ query: 'q', variables: { id: new ExactNumber(BIG) } }];
    expect(read(`[{"query": "q", "variables": {"id": ${BIG}}}]`, 'variables')).toEqual(requests);
  });

  it('are plain where a double holds them, whatever digits stand around', () => {
    const variables = { id: 1.5, text: BIG, none: null, yes: true };
    expect(read(JSON.stringify({ query: BIG, variables }), 'variables')).toEqual({ query: BIG, variables });
  });

  it('are found in a body nested as deeply as JSON can be read', () => {
    const deep = `${'['.repeat(50_000)}${'7'}${']'.repeat(50_000)}`;
    expect(() => read(`{"variables": {"deep": ${deep}}}`, 'variables')).not.toThrow();
  });

  it('are refused by a code of the client where they are long and nested beyond the stack', () => {
    const deep = `${'['.repeat(50_000)}${BIG}${']'.repeat(50_000)}`;
    expect(() => read(`{"variables": {"deep": ${deep}}}`, 'variables')).toThrow(
      expect.objectContaining({ code: 'invalid-json' }),
    );
  });
});
