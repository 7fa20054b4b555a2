import { ExactNumber } from '../../planner';
import { declaredIn, variablesOf } from './variables';

const declared = declaredIn(
  'query ($i: Int!, $s: String, $t: String!, $b: Boolean, $n: numeric, $big: bigint, $doc: jsonb, $l: [Int!]) { x }',
);
const ofSearch = (search: string) => variablesOf(declared, {}, new URLSearchParams(search), {});

describe('variables of an endpoint', () => {
  it.each([
    ['i=1', { i: 1 }],
    ['i=x', { i: 'x' }],
    ['i=01', { i: '01' }],
    ['s=1&t=true', { s: '1', t: 'true' }],
    ['s=', { s: undefined }],
    ['s=null', { s: 'null' }],
    ['t=', { t: '' }],
    ['b', { b: true }],
    ['b=false', { b: false }],
    ['b=yes', { b: 'yes' }],
    ['n=12345678901234567.50', { n: new ExactNumber('12345678901234567.50') }],
    ['big=9007199254740993', { big: '9007199254740993' }],
    ['doc={"a":1}', { doc: '{"a":1}' }],
  ])('%s', (search, variables) => expect(ofSearch(search)).toEqual(variables));

  it('are as they stand in a body, and the address goes before it', () =>
    expect(variablesOf(declared, { i: '3' }, new URLSearchParams('i=2&s=q'), { i: 1, s: 2, l: [1] })).toEqual(
      {
        i: 3,
        s: 'q',
        l: [1],
      },
    ));

  it.each([
    ['zz=1', 'Unexpected variable zz'],
    [
      'l=[1]',
      'List variables are not currently supported in URL or Query parameters. (Variable l, with value "[1]")',
    ],
  ])('%s is refused', (search, message) =>
    expect(() => ofSearch(search)).toThrow(
      expect.objectContaining({ code: 'bad-request', message, path: '$' }) as Error,
    ),
  );

  it('that nobody declared are refused in a body too', () =>
    expect(() => variablesOf(declared, {}, new URLSearchParams(), { zz: 1 })).toThrow(
      'Unexpected variable zz',
    ));
});
