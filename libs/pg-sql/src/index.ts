/**
 * SQL as a tree. Text, identifiers, literals and parameters are different kinds of node, each made by its own
 * function, so that a string from outside can become a value or a quoted name but never SQL.
 */
export { ident, indent, int, isSql, join, literal, nest, param, sql, empty } from './fragment';
export type { Separator, Sql } from './fragment';
export { print } from './print';
export type { Printed } from './print';
