import {
  either,
  isObject,
  mismatch,
  nonEmptyText,
  object,
  required,
  type Shape,
  type Shaped,
} from '../shapes';

const defaultSchema = 'public';

const qualified = object('QualifiedObject', { schema: required(nonEmptyText), name: required(nonEmptyText) });
export type QualifiedName = Shaped<typeof qualified>;

/** A table or function: `author`, or `{schema, name}`; the schema is `public` when it is not said. */
export const qualifiedName: Shape<QualifiedName> = (value, path) => {
  if (typeof value === 'string') return { schema: defaultSchema, name: nonEmptyText(value, path) };
  if (!isObject(value)) throw mismatch(path, 'QualifiedObject', 'String or Object', value);
  return qualified({ schema: defaultSchema, ...value }, path);
};

/** One text for one name, for sorting and for maps. Schema and name cannot run into each other. */
export const nameKey = ({ schema, name }: QualifiedName): string => `${schema}\u0000${name}`;

/** Hasura writes a table of `public` by its bare name in messages. */
export const printName = ({ schema, name }: QualifiedName): string =>
  schema === defaultSchema ? name : `${schema}.${name}`;

/** A remote schema's or source's value that stands here or in an environment variable. */
export const valueOrEnvironment = either(
  nonEmptyText,
  object('FromEnv', { from_env: required(nonEmptyText) }),
);
