import { isObject, type Json, type JsonObject } from '@nself/hasura-metadata';

/** A function that templates can call: a value, or why there is none. */
export type TemplateFunction = (argument: Json) => { readonly value: Json } | { readonly fault: string };

const of =
  <T extends Json>(
    is: (value: Json) => value is T,
    expected: string,
    act: (value: T) => Json,
  ): TemplateFunction =>
  argument =>
    is(argument) ? { value: act(argument) } : { fault: `Expected ${expected}` };

const isText = (value: Json): value is string => typeof value === 'string';
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isMap = (value: Json): value is JsonObject => isObject(value);
const isTextOrList = (value: Json): value is string | readonly Json[] => isText(value) || isList(value);
const isBoolean = (value: Json): value is boolean => typeof value === 'boolean';
const isPairs = (value: Json): value is readonly (readonly [string, Json])[] =>
  isList(value) && value.every(pair => isList(pair) && pair.length === 2 && isText(pair[0] ?? null));

function isEmpty(value: Json): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

function sizeOf(value: Json): number {
  if (typeof value === 'number') return value;
  if (isText(value) || isList(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  return value === true ? 1 : 0;
}

function inverseOf(value: Json): Json {
  if (isText(value)) return [...value].reverse().join('');
  if (isList(value)) return [...value].reverse();
  if (isBoolean(value)) return !value;
  return typeof value === 'number' && value !== 0 ? 1 / value : value;
}

const titled = (text: string) => text.toLowerCase().replace(/(^|\s)\S/g, letter => letter.toUpperCase());

/** Characters that a path segment or a query value cannot hold as they are become `%xx`. */
const escapeUri = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function joined(items: readonly Json[]): Json {
  if (items.every(isText)) return items.join('');
  if (items.every(isMap)) return Object.assign({}, ...items) as JsonObject;
  return items.flatMap(item => (isList(item) ? item : [item]));
}

/** The functions that every template has. */
export const builtIn: Readonly<Record<string, TemplateFunction>> = {
  not: of(isBoolean, 'a boolean', value => !value),
  escapeUri: of(isText, 'a string', escapeUri),
  toLower: of(isText, 'a string', text => text.toLowerCase()),
  toUpper: of(isText, 'a string', text => text.toUpperCase()),
  toCaseFold: of(isText, 'a string', text => text.toLowerCase()),
  toTitle: of(isText, 'a string', titled),
  empty: value => ({ value: isEmpty(value) }),
  size: value => ({ value: sizeOf(value) }),
  length: value => ({ value: sizeOf(value) }),
  inverse: value => ({ value: inverseOf(value) }),
  head: of(isTextOrList, 'a string or an array', value =>
    isText(value) ? value.slice(0, 1) : (value[0] ?? null),
  ),
  tail: of(isTextOrList, 'a string or an array', value => value.slice(1)),
  toPairs: of(isMap, 'an object', value => Object.entries(value)),
  fromPairs: of(isPairs, 'an array of pairs', pairs => Object.fromEntries(pairs)),
  removeNulls: of(isList, 'an array', items => items.filter(item => item !== null)),
  concat: of(isList, 'an array', joined),
};
