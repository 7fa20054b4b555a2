import type { Json } from '@nself/hasura-metadata';
import { fillTemplate, KritiFault, renderFault } from './index';

const body = {
  name: 'Freddie "F" Jones',
  age: 27,
  tags: ['a', 'b'],
  'odd key': { deep: [1, { x: true }] },
  nothing: null,
  articles: [
    { id: 0, title: 'The Elements', published: true },
    { id: 1, title: 'Mars', published: false },
  ],
};
const scope = { values: { $body: body, $: body }, functions: {} };
const fill = (template: string): Json => fillTemplate(template, scope);
const faultOf = (template: string): KritiFault => {
  try {
    fill(template);
  } catch (fault) {
    if (fault instanceof KritiFault) return fault;
    throw fault;
  }
  throw new Error('It was filled.');
};

describe('templates', () => {
  it.each<[string, string, Json]>([
    [
      'JSON as it is',
      ' {"a": [1, -2.5e3, true, null, "x\\n\\"y\\u00e9"], "b": {}} ',
      { a: [1, -2500, true, null, 'x\n"y\u00e9'], b: {} },
    ],
    ['a path', '{{ $body.name }}', 'Freddie "F" Jones'],
    ['a path of every kind of step', `{{ $body['odd key'].deep[1].x }}`, true],
    ['a path from a bare dollar', '{{ $.age }}', 27],
    ['a value inside a text', '"{{$body.age}} years, {{ $.tags[0] }}!"', '27 years, a!'],
    ['texts with line breaks of their own', '"a\nb"', 'a\nb'],
    ['objects closed by braces that look like a block', '{"a": {"b": {{ $body.age }}}}', { a: { b: 27 } }],
    ['an object within braces', '{{ {"a": {"b": 1}} }}', { a: { b: 1 } }],
    ['an optional step', '{{ $body?.missing.deep[3] }}', null],
    ['a default', '{{ $body?.missing ?? "none" }}', 'none'],
    ['a default for null', '{{ $body.nothing ?? 3 }}', 3],
    [
      'a condition',
      '{{ if $body.age > 18 && not $body.articles[1].published }} "grown" {{ else }} "young" {{ end }}',
      'grown',
    ],
    ['a chain of conditions', '{{ if $.age < 7 }} 1 {{ elif $.age == 27 }} 2 {{ else }} 3 {{ end }}', 2],
    ['membership', '{{ if ("b" in $.tags) && ("age" in $body) }} true {{ else }} false {{ end }}', true],
    ['brackets', '{{ ($.age == 1 || true) && ($.age != 2) }}', true],
    ['functions', '"{{ toUpper(head($.tags)) }}-{{ escapeUri "a b/c" }}"', 'A-a%20b%2Fc'],
    ['functions of lists', '{{ concat([$.tags, ["c"]]) }}', ['a', 'b', 'c']],
    ['pairs there and back', '{{ fromPairs(toPairs({"a": 1})) }}', { a: 1 }],
  ])('fill %s', (_, template, expected) => {
    expect(fill(template)).toEqual(expected);
  });

  it('repeat their body for a list, with what is around it in sight', () => {
    const template = `[{{ range i, x := $body.articles }}
      {"n": {{ i }}, "title": {{ x.title }}, "by": {{ $body.age }}}
    {{ end }}]`;
    expect(fill(template)).toEqual([
      [
        { n: 0, title: 'The Elements', by: 27 },
        { n: 1, title: 'Mars', by: 27 },
      ],
    ]);
    expect(fill('{{ range _, x := $.tags }} "{{x}}{{x}}" {{ end }}')).toEqual(['aa', 'bb']);
  });

  it.each([
    ['an unknown name', '{{ who.am }}', 'Name Error', "Variable 'who' not in scope"],
    ['an unknown function', '{{ nope("x") }}', 'Name Error', "Variable 'nope' not in scope"],
    ['an inherited name', '{{ toString("x") }}', 'Name Error', "Variable 'toString' not in scope"],
    ['an inherited member', '{{ $body.constructor }}', 'Invalid Path', '"constructor" was not found'],
    ['a missing member', '{{ $body.missing }}', 'Invalid Path', '"missing" was not found'],
    ['a list in a text', '"{{ $.tags }}"', 'Type Error', "Cannot interpolate type: 'Array'."],
    [
      'a condition that is none',
      '{{ if $.age }} 1 {{ else }} 2 {{ end }}',
      'Type Error',
      '27 is not a boolean.',
    ],
    [
      'a loop over none',
      '{{ range _, x := $.age }} 1 {{ end }}',
      'Range Error',
      'Can only range over an array',
    ],
    ['a wrong argument', '{{ toUpper($.age) }}', 'Function Error', 'Expected a string'],
    ['a missing end', '{{ if true }} 1 {{ else }} 2', 'Parse Error', 'expected {{'],
    ['a missing bracket', '[1, 2', 'Parse Error', 'expected ,'],
    ['an open text', '"abc', 'Parse Error', 'unterminated text'],
    ['more than one value', '1 2', 'Parse Error', 'unexpected text after the template'],
    ['a bare word', 'hello', 'Parse Error', 'expected a value'],
  ])('refuse %s', (_, template, code, message) => {
    const fault = faultOf(template);
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(message);
  });

  it('say where they are wrong', () => {
    const template = '{\n  "a": {{ $body.missing }}\n}';
    expect(renderFault(faultOf(template), template)).toEqual({
      error_code: 'Invalid Path',
      message: 'Path Lookup Error: "missing" was not found',
      source_position: { start_line: 1, start_column: 16, end_line: 1, end_column: 24 },
    });
  });
});
