import { isObject, type Json, type JsonObject } from '@nself/hasura-metadata';
import { KritiFault, type Span } from './fault';
import { builtIn, type TemplateFunction } from './functions';
import type { Node, Operator, Range } from './node';

/** What a template sees. */
export interface Scope {
  readonly values: Readonly<Record<string, Json>>;
  readonly functions: Readonly<Record<string, TemplateFunction>>;
}

/** @throws KritiFault */
export function evaluate(node: Node, scope: Scope): Json {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'text':
      return node.parts.map(part => textOf(evaluate(part, scope), part.span)).join('');
    case 'list':
      return node.items.map(item => evaluate(item, scope));
    case 'object':
      return Object.fromEntries(node.fields.map(([key, field]) => [key, evaluate(field, scope)]));
    case 'path':
      return followPath(node, scope);
    case 'call':
      return call(node, scope);
    case 'binary':
      return binary(node, scope);
    case 'if':
      return evaluate(truth(evaluate(node.test, scope), node.test.span) ? node.yes : node.no, scope);
    case 'range':
      return range(node, scope);
  }
}

function textOf(value: Json, span: Span): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  throw new KritiFault('Type Error', `Cannot interpolate type: '${kindOf(value)}'.`, span);
}

const kindOf = (value: Json): string => {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  const kind = typeof value;
  return kind.charAt(0).toUpperCase() + kind.slice(1);
};

function truth(value: Json, span: Span): boolean {
  if (typeof value === 'boolean') return value;
  throw new KritiFault('Type Error', `${JSON.stringify(value)} is not a boolean.`, span);
}

function followPath({ root, steps, span }: Extract<Node, { kind: 'path' }>, { values }: Scope): Json {
  if (!Object.hasOwn(values, root))
    throw new KritiFault('Name Error', `Variable '${root}' not in scope`, span);
  let value: Json = values[root] ?? null;
  for (const { key, optional, span: at } of steps) {
    const next = memberOf(value, key);
    if (next === undefined && optional) return null;
    if (next === undefined)
      throw new KritiFault('Invalid Path', `Path Lookup Error: ${JSON.stringify(key)} was not found`, at);
    value = next;
  }
  return value;
}

function memberOf(value: Json, key: string | number): Json | undefined {
  if (typeof key === 'number') return Array.isArray(value) ? (value as readonly Json[])[key] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}

function call({ name, argument, span }: Extract<Node, { kind: 'call' }>, scope: Scope): Json {
  const own = Object.hasOwn(scope.functions, name) ? scope.functions[name] : undefined;
  const found = own ?? (Object.hasOwn(builtIn, name) ? builtIn[name] : undefined);
  if (!found) throw new KritiFault('Name Error', `Variable '${name}' not in scope`, span);
  const answer = found(evaluate(argument, scope));
  if ('fault' in answer) throw new KritiFault('Function Error', answer.fault, argument.span);
  return answer.value;
}

function binary({ operator, left, right, span }: Extract<Node, { kind: 'binary' }>, scope: Scope): Json {
  const first = evaluate(left, scope);
  if (operator === '??') return first ?? evaluate(right, scope);
  if (operator === '&&' || operator === '||') {
    const [a, b] = [truth(first, left.span), truth(evaluate(right, scope), right.span)];
    return operator === '&&' ? a && b : a || b;
  }
  return compare(operator, first, evaluate(right, scope), span);
}

function compare(operator: Operator, left: Json, right: Json, span: Span): boolean {
  if (operator === 'in') return contains(right, left, span);
  const order = orderOf(left, right);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Numbers and texts by themselves; everything else only by being equal, and then by its text. */
function orderOf(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [comparable(left), comparable(right)];
  return a === b ? 0 : a < b ? -1 : 1;
}

const comparable = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(sorted(value));

/** Objects are equal whatever the order of their members. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

function contains(whole: Json, part: Json, span: Span): boolean {
  if (Array.isArray(whole)) return (whole as readonly Json[]).some(item => orderOf(item, part) === 0);
  if (isObject(whole) && typeof part === 'string') return Object.hasOwn(whole, part);
  throw new KritiFault('Type Error', `${JSON.stringify(whole)} is not an Object or Array.`, span);
}

function range({ index, item, over, body, span }: Range, scope: Scope): Json {
  const list = evaluate(over, scope);
  if (!Array.isArray(list)) throw new KritiFault('Range Error', 'Can only range over an array', span);
  return (list as readonly Json[]).map((value, i) => {
    const values = { ...scope.values, [item]: value, ...(index !== undefined && { [index]: i }) };
    return evaluate(body, { ...scope, values });
  });
}
