export { SocketGateway, type SocketOptions } from './socket-gateway';
export type { OperationParts } from './operation';
