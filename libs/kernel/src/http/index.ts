export { httpSettings } from './http.settings';
export { ProblemFilter } from './problem.filter';
export type { PrincipalRequest } from './principal';
export { PUBLIC, Public } from './public.decorator';
export { createService, type PreparedService, type ServiceDefinition } from './service';
export { startService } from './start';
export { StartError } from './start-error';
export { validationPipe, type FieldFault } from './validation.pipe';
