export { BearerGuard } from './bearer.guard';
export { BearerStrategy } from './bearer.strategy';
export { CurrentActor } from './current-actor.decorator';
export { KeyRateGuard } from './key-rate.guard';
export { actorOfRequest, requestOf, type IdentifiedRequest } from './request-of';
export { Roles, RolesGuard } from './roles.guard';
export { Scoped, ScopeGuard } from './scope.guard';
