export { httpSettings } from './http.settings';
export { ProblemFilter } from './problem.filter';
export { createService, type PreparedService, type ServiceDefinition } from './service';
export { startService } from './start';
export { AnyCharacter } from './storable';
export { DtoPipe, Tolerant, type FieldFault } from './validation.pipe';
