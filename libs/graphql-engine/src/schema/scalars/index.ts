export { codecOf, type Codec } from './codec';
export {
  encodeAny,
  encodeFloat,
  encodeJson,
  encodeMembers,
  encodeOffset,
  encodeString,
  encodeText,
} from './encode';
export { enumTypeOf } from './enum-table';
export { columnTypeOf, required, scalarNamed, typeOf } from './types';
export * as pgTypes from './pg-types';
export { scientific } from './scientific';
