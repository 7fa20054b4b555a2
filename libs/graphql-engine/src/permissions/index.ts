/** What a permission's JSON says, as IR. */
export { parseBoolExp } from './bool-exp';
