export { runSql } from './run-sql';
