import { jsonText } from './exact-number';
import type { Encode, Param, Source } from '../ir';
import type { TypeModel } from '../model';

/** Makes a hole. Its key says everything that decides its value, so that equal holes share one parameter. */
export function paramOf(source: Source, type: TypeModel, encode: Encode, path: string): Param {
  const key = `${type.schema}.${type.name}.${encoderNumber(encode)}:${jsonText(source)}`;
  return { kind: 'param', source, type, encode, path, key };
}

const numbers = new WeakMap<Encode, number>();
let next = 0;

function encoderNumber(encode: Encode): number {
  const known = numbers.get(encode);
  if (known !== undefined) return known;
  numbers.set(encode, ++next);
  return next;
}
