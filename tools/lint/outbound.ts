import { placeOf } from './house';
import { eachImport, houseRule } from './rule';

const messages = {
  client: 'Addresses outside are called by OutboundClient of the kernel, which refuses private ones.',
};

/** Who may call by itself, and why. */
const CALLERS: Readonly<Record<string, string>> = {
  'libs/kernel/src/outbound': 'it is the client',
  'libs/graphql-engine/src/gateway/authentication':
    'the operator names the hook and the keys in the settings',
  'apps/auth/src/oauth': 'the operator names the providers in the settings',
  'apps/auth/src/sms': 'the operator names the service in the settings',
  'libs/dev-stack': 'it asks its own children whether they are ready',
  'apps/cli': 'it talks to the services of this installation',
  'apps/admin': 'a web page calls its own server',
  seeds: 'the demo world is made through public HTTP',
  test: 'tests are clients',
  tools: 'they are not part of a service',
};

const CLIENTS = new Set(['undici', 'axios', 'got', 'node-fetch', 'superagent']);
const mayCall = (path: string): boolean =>
  Object.keys(CALLERS).some(allowed => path === allowed || path.startsWith(`${allowed}/`));

/** One client for what others may point somewhere (checks H6). */
export const outbound = houseRule('One client for addresses outside.', messages, context => {
  const place = placeOf(context.filename);
  if (!place || place.isTest || mayCall(place.path)) return {};
  return {
    ...eachImport((source, node) => {
      if (CLIENTS.has(source)) context.report({ node, messageId: 'client' });
    }),
    'CallExpression[callee.name="fetch"]'(node) {
      context.report({ node, messageId: 'client' });
    },
    'CallExpression[callee.object.name=/^https?$/][callee.property.name=/^(get|request)$/]'(node) {
      context.report({ node, messageId: 'client' });
    },
  };
});
