export { clientOf, CurrentClient, type Client } from './client';
export { cookieOf } from './cookies';
