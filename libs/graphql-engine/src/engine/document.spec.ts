import { documentOf } from './document';

const refusal = {
  code: 'validation-failed',
  message: 'not a valid graphql query',
  path: '$.query',
};

describe('the document of a request', () => {
  it.each([
    ['no operation', '{}'],
    ['an argument twice', '{ author(limit: 1, limit: 2) { id } }'],
    ['an argument twice, deep down', '{ a { ... on b { ...f c: d(e: 1, e: 1) } } }'],
    ['a member twice', '{ author(where: {id: {_eq: 1}, id: {_eq: 2}}) { id } }'],
    ['a member twice in a list', '{ author(where: {_and: [{id: {_eq: 1, _eq: 2}}]}) { id } }'],
    ['a member twice in JSON', 'mutation { insert_a_one(object: {doc: {b: {c: 1, c: 2}}}) { id } }'],
    ['a member twice in a default', 'query ($w: a_bool_exp = {id: {}, id: {}}) { a(where: $w) { id } }'],
    [
      'a member twice in a fragment',
      '{ ...f } fragment f on query_root { a(where: {id: {}, id: {}}) { id } }',
    ],
    ['an argument of a directive twice', '{ a { id @include(if: true, if: false) } }'],
    ['an argument of the operation’s directive twice', 'query @cached(ttl: 1, ttl: 2) { a { id } }'],
    ['a type beside the operation', '{ a { id } } type b { c: Int }'],
    ['a type alone', 'extend type b { c: Int }'],
    ['more levels than the stack has', `{ a(b: ${'['.repeat(50_000)}${']'.repeat(50_000)}) }`],
  ])('with %s is refused', (_, query) => {
    expect(() => documentOf(query)).toThrow(expect.objectContaining(refusal));
  });

  it('may give the same name in different places', () => {
    const query = `query a($w: a_bool_exp = {id: {_eq: 1}}) { x: a(where: $w, limit: 1) { id } y: a(where: {id: {}, _not: {id: {}}}) { id } }
      query b @cached(ttl: 1) { a(limit: 1) @skip(if: true) @include(if: true) { id } }`;
    expect(documentOf(query).definitions).toHaveLength(2);
  });
});
