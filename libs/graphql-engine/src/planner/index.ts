/** Document, variables and role schema to a plan: IR with permissions inside, compiled to statements. */
export { plan, type Plan, type RootPlan, type RootPlanned } from './plan';
export { valuesOf, type CursorValues } from './values';
export { ExactNumber } from './errors';
export { Input } from './input';
export { FieldRequest, Selection, type Planned, type Planner } from './request';
export type { VariableValues } from './variables';
