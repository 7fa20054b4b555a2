export { clientOf, CurrentClient, type Client } from './client';
