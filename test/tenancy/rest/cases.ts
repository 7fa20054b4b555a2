import type { Case, Cases } from './case';
import { authCases } from './cases.auth';
import { nhostCases } from './cases.nhost';
import { SERVICES } from './routes';

const open: Case = { as: 'nobody' };

/** What every service says about itself. */
const ofEveryService: Cases = Object.fromEntries(
  SERVICES.flatMap(service =>
    ['/health', '/ready', '/metrics'].map(path => [`GET ${service} ${path}`, open]),
  ),
);

const aboutAuth: Cases = {
  'HEAD auth /v1/healthz': open,
  'GET auth /v1/healthz': open,
  'GET auth /v1/version': open,
  'GET auth /.well-known/jwks.json': open,
  'GET auth /v1/.well-known/jwks.json': open,
};

/** The description of the api, which is the same for everybody. */
const documents: Cases = {
  ...Object.fromEntries(
    ['/openapi.json', '/docs', '/docs/', '/docs/index.html'].map(path => [`GET api ${path}`, open]),
  ),
  ...{ 'GET api /docs/swagger-ui-init.js': open, 'GET api /docs/docs/swagger-ui-init.js': open },
  'GET api /docs/LICENSE': {
    ...open,
    unshown: 'a file that the page of the library names and does not ship',
  },
};

const media: Cases = {
  'POST api /v1/storage/upload': { form: ({ album }) => ({ albumId: album }) },
  'GET api /v1/media/:id': { path: ({ media: item }) => [item] },
  'GET api /v1/media/:id/url': { path: ({ media: item }) => [item] },
  'GET api /v1/storage/objects/:familyId/:itemId/:variant': {
    as: 'nobody',
    path: ({ family, media: item }) => [family, item, 'original'],
    query: ({ objectLink }) => objectLink,
  },
  'GET api /v1/audit/events': { query: ({ owner }) => ({ actorId: owner }) },
};

const streams: Cases = {
  'POST stream-gateway /v1/streams': {
    json: ({ content, device }) => ({ contentId: content, deviceId: device }),
  },
  'POST stream-gateway /v1/streams/:id/heartbeat': {
    path: ({ stream }) => [stream],
    json: () => ({ state: 'playing' }),
  },
  'DELETE stream-gateway /v1/streams/:id': {
    path: ({ stream }) => [stream],
    fresh: async ({ owner, has }) => {
      const json = { contentId: has.content, deviceId: has.device };
      const started = await owner.call<{ sessionId: string }>('stream-gateway', '/v1/streams', { json });
      return { stream: started.body.sessionId };
    },
  },
  'GET stream-gateway /v1/streams/:familyId/:id/playback': {
    as: 'nobody',
    path: ({ family, stream }) => [family, stream],
    query: ({ playbackLink }) => playbackLink,
  },
};

/** Every route of every service; one that is missing here, or is no longer there, fails the test. */
export const cases: Cases = {
  ...ofEveryService,
  ...aboutAuth,
  ...authCases,
  ...nhostCases,
  ...documents,
  ...media,
  ...streams,
};
