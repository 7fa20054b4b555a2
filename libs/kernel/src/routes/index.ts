export type { PrincipalRequest } from './principal';
export { PUBLIC, Public } from './public.decorator';
