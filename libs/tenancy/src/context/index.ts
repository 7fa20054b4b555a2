export { contextStatement, type ContextStatement } from './context-statement';
export { anonymousContext, contextOf, serviceContext, type RequestContext } from './request-context';
