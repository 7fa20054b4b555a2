import {
  filled,
  graphqlName,
  list,
  nonEmptyText,
  object,
  oneOf,
  optional,
  required,
  some,
  text,
  type Shaped,
} from '../shapes';
import { qualifiedName } from './names';

const functionRootFields = object('FunctionCustomRootFields', {
  function: optional(graphqlName),
  function_aggregate: optional(graphqlName),
});

export const functionConfiguration = object('FunctionConfig', {
  session_argument: optional(text),
  exposed_as: optional(oneOf('query', 'mutation')),
  custom_name: optional(graphqlName),
  custom_root_fields: filled(functionRootFields),
});
export type FunctionConfiguration = Shaped<typeof functionConfiguration>;

const functionPermission = object('FunctionPermissionInfo', { role: required(nonEmptyText) });

export const trackedFunction = object('FunctionMetadata', {
  function: required(qualifiedName),
  configuration: filled(functionConfiguration),
  permissions: some(list(functionPermission)),
  comment: optional(text),
});
export type FunctionMetadata = Shaped<typeof trackedFunction>;
