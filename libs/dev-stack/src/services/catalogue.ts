/** One of our services: a process of its own with an HTTP port of its own. */
export interface Service {
  readonly name: string;
  readonly portVariable: string;
  readonly urlVariable: string;
  readonly defaultPort: number;
  /** What it offers, for the table of addresses. */
  readonly purpose: string;
}

/** Every service that a stack may have, in the order of the table of addresses. */
export const services: readonly Service[] = [
  service('auth', 4000, 'accounts, sessions, families, devices'),
  service('api', 3001, 'files, media, audit, REST (/docs)'),
  service('graphql', 8080, 'GraphQL (/v1/graphql, /console)'),
  service('stream-gateway', 3002, 'stream admission, playback'),
  service('functions', 3003, 'functions of this installation'),
  service('admin', 3000, 'admin page'),
  service('scheduler', 3004, 'clock and worker'),
];

function service(name: string, defaultPort: number, purpose: string): Service {
  const prefix = name.replace('-', '_').toUpperCase();
  return { name, defaultPort, purpose, portVariable: `${prefix}_PORT`, urlVariable: `${prefix}_URL` };
}

export function serviceNamed(name: string): Service | undefined {
  return services.find(known => known.name === name);
}
