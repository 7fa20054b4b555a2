import { defineSettings, port, url } from '@nself/kernel';

export const apiSettings = defineSettings('api', {
  port: { env: 'API_PORT', meaning: 'Port that the api service listens on.', shape: port(), default: 3001 },
  publicUrl: {
    env: 'API_URL',
    meaning: 'Address of the api service as clients reach it; links to objects start with it.',
    shape: url(),
    derived: {
      says: 'http://127.0.0.1 with the port',
      from: read => `http://127.0.0.1:${read('API_PORT') ?? 3001}`,
    },
  },
});
