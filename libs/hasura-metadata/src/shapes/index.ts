export * from './fault';
export * from './object';
export * from './shape';
