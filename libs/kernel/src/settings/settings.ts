import { Misfit, type Shape, type ShapeContext } from './shapes';

/** The environment as the kernel reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Looks up another variable while a derived default is made. */
export type ReadVariable = (name: string) => string | undefined;

/**
 * One setting, declared beside the code that uses it.
 *
 * Without `default`, `derived` or `optional` it is required. `derived` is a default that depends on other variables:
 * `says` describes it for the documentation. A secret has neither default nor derived value.
 */
export interface Setting<T> {
  readonly env: string;
  readonly meaning: string;
  readonly shape: Shape<T>;
  readonly default?: T;
  readonly derived?: { readonly says: string; readonly from: (read: ReadVariable) => T };
  readonly optional?: true;
}

type SettingRecord = Readonly<Record<string, Setting<unknown>>>;

type ValueOf<S> = S extends { readonly shape: Shape<infer T>; readonly optional: true }
  ? T | undefined
  : S extends { readonly shape: Shape<infer T> }
    ? T
    : never;

/** A room's settings: `token` is what Nest injects their values under. */
export interface Settings<R extends SettingRecord = SettingRecord> {
  readonly room: string;
  readonly token: symbol;
  readonly settings: R;
}

/** The values of a declaration: `SettingsOf<typeof authSettings>`. */
export type SettingsOf<D> = D extends Settings<infer R> ? { readonly [K in keyof R]: ValueOf<R[K]> } : never;

/** Holds a default to the type that its shape makes. */
type Fitting<R> = {
  [K in keyof R]: R[K] extends { readonly shape: Shape<infer T> } ? { readonly default?: T } : never;
};

const declared: Settings[] = [];

/** Declares a room's settings; the reference in docs and `.env.example` is generated from these declarations. */
export function defineSettings<const R extends SettingRecord>(
  room: string,
  settings: R & Fitting<R>,
): Settings<R> {
  const declaration = { room, token: Symbol.for(`nself.settings.${room}`), settings };
  declared.push(declaration);
  return declaration;
}

/** Every declaration made so far in this process, in order. */
export const declaredSettings = (): readonly Settings[] => declared;

/** One thing wrong with the environment: `name` is the variable. */
export interface SettingFault {
  readonly name: string;
  readonly wrong: string;
  readonly expected: string;
}

/** Thrown with all faults at once, so that nobody has to start ten times to find ten mistakes. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    super(faults.map(faultLine).join('\n'));
    this.name = 'SettingsError';
  }
}

/** One line for people: name, what is wrong, what is expected. */
export const faultLine = ({ name, wrong, expected }: SettingFault): string =>
  `${name} is ${wrong}; expected ${expected}.`;

/** The values of some declarations, found by declaration. */
export class LoadedSettings {
  constructor(private readonly values: ReadonlyMap<symbol, unknown>) {}

  /** @throws Error when `declaration` was not among those that were loaded: a mistake in the wiring. */
  get<D extends Settings>(declaration: D): SettingsOf<D> {
    if (!this.values.has(declaration.token))
      throw new Error(`The settings of ${declaration.room} were not loaded.`);
    return this.values.get(declaration.token) as SettingsOf<D>;
  }
}

/**
 * Reads and validates all settings of all declarations.
 *
 * @throws SettingsError with every fault found.
 */
export function loadSettings(
  declarations: readonly Settings[],
  env: Environment = process.env,
): LoadedSettings {
  const faults = new Map<string, SettingFault>();
  const context = { strict: !['development', 'test'].includes(env.NODE_ENV ?? 'production') };
  const values = new Map<symbol, unknown>();
  for (const { token, settings } of declarations) {
    const read = Object.entries(settings).map(([key, setting]) => [
      key,
      readSetting(setting, env, context, faults),
    ]);
    values.set(token, Object.freeze(Object.fromEntries(read)));
  }
  if (faults.size > 0) throw new SettingsError([...faults.values()]);
  return new LoadedSettings(values);
}

function readSetting(
  setting: Setting<unknown>,
  env: Environment,
  context: ShapeContext,
  faults: Map<string, SettingFault>,
): unknown {
  const raw = env[setting.env]?.trim();
  if (raw) return parse(setting, raw, context, faults);
  if (setting.default !== undefined || setting.optional) return setting.default;
  if (setting.derived) return derive(setting, setting.derived, env, faults);
  faults.set(setting.env, { name: setting.env, wrong: 'missing', expected: setting.shape.expected });
  return undefined;
}

/** What it is derived from may be wrong itself; then that is told by its own line. */
function derive(
  { env: name, shape }: Setting<unknown>,
  { from, says }: NonNullable<Setting<unknown>['derived']>,
  env: Environment,
  faults: Map<string, SettingFault>,
): unknown {
  try {
    return from(each => env[each]?.trim() || undefined);
  } catch {
    faults.set(name, { name, wrong: `missing, and cannot be made from ${says}`, expected: shape.expected });
    return undefined;
  }
}

function parse(
  { env, shape }: Setting<unknown>,
  raw: string,
  context: ShapeContext,
  faults: Map<string, SettingFault>,
): unknown {
  try {
    return shape.parse(raw, context);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    faults.set(env, { name: env, wrong: error.wrong, expected: shape.expected });
    return undefined;
  }
}
