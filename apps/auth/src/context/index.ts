export { contextOfPerson, type Standing } from './asking';
