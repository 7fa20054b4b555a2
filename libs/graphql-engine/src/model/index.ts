export { buildModel, servedSource, type EngineOptions, type ModelInput } from './build';
export { readEnums, type EnumRows } from './enums';
export { ModelFault } from './fault';
export * from './metadata-object';
export { fieldName, chosen, generated, snakeToCamel, snakeToPascal, type Piece } from './naming';
export { isSessionVariable, type ReadFilter } from './permission';
export { Types } from './pg-types';
export { bareName, quoted, quotedName } from './text';
export * from './types';
