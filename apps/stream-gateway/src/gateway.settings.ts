import { defineSettings, duration, port, url } from '@nself/kernel';

export const gatewaySettings = defineSettings('stream-gateway', {
  port: {
    env: 'STREAM_GATEWAY_PORT',
    meaning: 'Port that the stream gateway listens on.',
    shape: port(),
    default: 3002,
  },
  publicUrl: {
    env: 'STREAM_GATEWAY_URL',
    meaning: 'Address of the stream gateway as players reach it.',
    shape: url(),
    derived: {
      says: 'http://127.0.0.1 with the port',
      from: read => `http://127.0.0.1:${read('STREAM_GATEWAY_PORT') ?? 3002}`,
    },
  },
  apiUrl: {
    env: 'API_URL',
    meaning: 'Address of the api service, where recorded content is fetched.',
    shape: url(),
    derived: {
      says: 'http://127.0.0.1 with the port',
      from: read => `http://127.0.0.1:${read('API_PORT') ?? 3001}`,
    },
  },
  silence: {
    env: 'STREAM_SILENCE',
    meaning: 'After this without a heartbeat a stream counts as ended.',
    shape: duration(),
    default: 45_000,
  },
  playbackLife: {
    env: 'STREAM_PLAYBACK_LIFE',
    meaning: 'How long a playback link of recorded content opens it.',
    shape: duration(),
    default: 20 * 60_000,
  },
});
