export {
  dependencies,
  dependentsOf,
  dependentsOnType,
  outside,
  printReferences,
  type Dependency,
} from './dependencies';
export { dropAll, dropFunction, dropTable, refuseDependents, withoutPermission } from './drop';
export { existsTable, isColumnOperator, reached } from './filter';
export { printReference, type Reference } from './reference';
