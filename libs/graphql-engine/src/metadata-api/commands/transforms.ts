import {
  either,
  json,
  list,
  object,
  optional,
  record,
  required,
  text,
  type Json,
  type Shaped,
} from '@nself/hasura-metadata';
import { EngineError } from '../../executor';
import {
  requestTransform,
  TransformFault,
  transformRequest,
  type WebhookRequest,
} from '../../webhook-transforms';
import { question, refusal } from '../command';

const trying = object('TestWebhookTransform', {
  webhook_url: required(either(text, object('FromEnv', { from_env: required(text) }))),
  body: required(json),
  env: optional(record(text)),
  request_headers: optional(list(list(text))),
  request_transform: required(requestTransform),
  response_transform: optional(json),
  session_variables: optional(record(text)),
});

/** Shows what would be sent, and sends nothing. */
export const testWebhookTransform = question('test_webhook_transform', trying, given => {
  try {
    const { url, method, headers, body } = transformRequest(
      requestOf(given),
      given.request_transform,
      given.session_variables ?? {},
    );
    return Promise.resolve({ webhook_url: url, method, headers, body });
  } catch (fault) {
    if (!(fault instanceof TransformFault)) throw fault;
    const internal = fault.faults;
    return Promise.reject(new EngineError('validation-failed', fault.message, { path: '$.args', internal }));
  }
});

function requestOf({
  webhook_url: url,
  body,
  env = {},
  request_headers: headers = [],
}: Shaped<typeof trying>): WebhookRequest {
  return {
    url: addressOf(url, env),
    method: 'GET',
    headers: headers.map(([name = '', value = '']) => [name, value]),
    body: body as Json,
  };
}

/** The address itself, one of the given environment, or one with `{{VARIABLES}}` of it. */
function addressOf(url: Shaped<typeof trying>['webhook_url'], env: Readonly<Record<string, string>>): string {
  const variable = (name: string): string => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined) return value;
    throw refusal('not-found', `environment variable '${name}' not set`);
  };
  if (typeof url !== 'string') return variable(url.from_env);
  return url.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => variable(name));
}
