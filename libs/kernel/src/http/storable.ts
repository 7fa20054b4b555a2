/** What Postgres keeps in no text and no JSON: NUL, and halves of characters (surrogates without their other half). */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Deeper than any body of ours; what is nested further would only exhaust the stack of whatever walks it. */
const DEEPEST = 100;

/** Something in a value that cannot be kept; `field` is a path such as `settings.theme`. */
export interface Unstorable {
  readonly field: string;
  readonly wrong: readonly string[];
}

const ANY_CHARACTER = Symbol.for('nself.any-character');

/** Marks a field that is hashed and never kept as it is, such as a password: it may hold any character there is. */
export const AnyCharacter = (): PropertyDecorator => (target, key) =>
  Reflect.defineMetadata(ANY_CHARACTER, true, target, key);

const takesAnyCharacter = (dto: unknown, key: string): boolean =>
  typeof dto === 'function' && Reflect.hasMetadata(ANY_CHARACTER, dto.prototype as object, key);

/** What of a value could not be kept, at every depth, names of members included; `dto` is the class it is read as. */
export function unstorableIn(value: unknown, dto?: unknown): Unstorable[] {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [unstorable('')] : [];
  return membersOf(value)
    .filter(([key]) => !takesAnyCharacter(dto, key))
    .flatMap(([key, member]) => faultsOf(member, key, 1));
}

function faultsOf(value: unknown, field: string, depth: number): Unstorable[] {
  if (depth > DEEPEST) return [{ field: '', wrong: ['it is nested too deeply'] }];
  const own = [field, value].some(each => typeof each === 'string' && UNSTORABLE.test(each));
  if (own) return [unstorable(field)];
  return membersOf(value).flatMap(([key, member]) => faultsOf(member, `${field}.${key}`, depth + 1));
}

const unstorable = (field: string): Unstorable => ({
  field: field.replace(new RegExp(UNSTORABLE, 'gu'), '\ufffd'),
  wrong: ['it must hold no NUL and no half characters'],
});

/** Members of what was parsed from JSON or a form; other objects, such as streams, are nobody's to walk. */
function membersOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return [...value.entries()].map(([at, member]) => [String(at), member]);
  return isPlain(value) ? Object.entries(value) : [];
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
