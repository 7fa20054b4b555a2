/** Document, variables and role schema to a plan: IR with permissions inside, compiled to statements. */
export { plan, type Plan, type RootPlan, type RootPlanned } from './plan';
export { valuesOf, type CursorValues } from './values';
export { describeJson, invalid, jsonKind, outOfBounds, unreadable, type JsonKind } from './errors';
export { LONG_NUMBER, readExactly } from './exact-json';
export { answerText, EnumLiteral, ExactNumber, JsonText, jsonText, NumberLiteral } from './exact-number';
export { Input } from './input';
export { paramOf } from './param';
export { integerOf, scientific } from './scientific';
export {
  FieldRequest,
  plannerKey,
  Selection,
  type Planned,
  type Planner,
  type SelectableType,
} from './request';
export type { VariableValues } from './variables';
