import { EngineError } from '../../executor';
import { LONG_NUMBER, readExactly } from '../../planner';
import { isObject, jsonOf } from './body';

/**
 * A body as JSON. Numbers that a double would change (a bigint key, a numeric amount) become `ExactNumber`; only a
 * body that may hold such a number pays for looking closer.
 * @param place the only member in which numbers matter, so that long texts before it need not be searched
 */
export function parseJson(body: Buffer, place?: string): unknown {
  const text = body.toString('utf8');
  const plain = jsonOf(text);
  if (!holdsNumber(place !== undefined && isObject(plain) ? plain[place] : plain)) return plain;
  return LONG_NUMBER.test(numbersIn(text, place)) ? exactly(text) : plain;
}

/** Thousands of levels: no program means that, and the reader's stack ends before it. */
function exactly(text: string): unknown {
  try {
    return readExactly(text);
  } catch (error) {
    if (error instanceof RangeError) throw new EngineError('invalid-json', 'invalid json: nested too deeply');
    throw error;
  }
}

/** Looked for among the values, because a text is full of digits that are none: ids, dates. */
function holdsNumber(value: unknown): boolean {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'number') return true;
    if (typeof next === 'object' && next !== null)
      for (const member of Object.values(next)) open.push(member);
  }
  return false;
}

/** The part of a text that may hold numbers. A name may be written with escapes, and then it is not looked for. */
function numbersIn(text: string, place: string | undefined): string {
  if (place === undefined || text.includes('\\u')) return text;
  const from = text.indexOf(JSON.stringify(place));
  return from < 0 ? '' : text.slice(from);
}
