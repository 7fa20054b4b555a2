export { codecOf, type Codec } from './codec';
export { encodeAny, encodeJson, encodeMembers, encodeOffset, encodeText } from './encode';
export { enumTypeOf } from './enum-table';
export { columnTypeOf, required, scalarNamed, typeOf } from './types';
export * as pgTypes from './pg-types';
