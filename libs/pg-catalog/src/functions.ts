import type { RawFunction } from './raw';
import type { CompositeField, FunctionArgument, Oid, PgFunction, Volatility } from './types';

const volatilities: Record<RawFunction['volatility'], Volatility> = {
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
};

export function assembleFunction(raw: RawFunction): PgFunction {
  const all = parametersOf(raw);
  return {
    oid: raw.oid,
    schema: raw.schema,
    name: raw.name,
    ...(raw.comment !== null && { comment: raw.comment }),
    arguments: inputsOf(raw, all),
    variadic: raw.variadic,
    returns: raw.returns,
    returnsSet: raw.returnsSet,
    outputs: outputsOf(all),
    volatility: volatilities[raw.volatility],
    strict: raw.strict,
    securityDefiner: raw.securityDefiner,
    language: raw.language,
    body: raw.body,
  };
}

interface Parameter {
  readonly name: string | undefined;
  readonly type: Oid;
  readonly mode: 'i' | 'o' | 'b' | 'v' | 't';
}

function parametersOf(raw: RawFunction): Parameter[] {
  return raw.types.map((type, i) => ({
    type,
    name: raw.names?.[i] || undefined,
    mode: raw.modes?.[i] ?? 'i',
  }));
}

/** Defaults belong to the last inputs: Postgres stores only how many there are. */
function inputsOf(raw: RawFunction, all: readonly Parameter[]): FunctionArgument[] {
  const firstDefault = raw.inputs - raw.defaults;
  return all
    .filter(({ mode }) => mode === 'i' || mode === 'b' || mode === 'v')
    .map(({ name, type }, i) => ({ ...(name && { name }), type, hasDefault: i >= firstDefault }));
}

function outputsOf(all: readonly Parameter[]): CompositeField[] {
  return all
    .filter(({ mode }) => mode === 'o' || mode === 'b' || mode === 't')
    .map(({ name, type }, i) => ({ name: name ?? `column${i + 1}`, type }));
}
