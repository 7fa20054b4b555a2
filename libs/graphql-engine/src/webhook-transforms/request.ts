/**
 * What an admin declares about the requests that are sent to webhooks: another method, address, query, headers or
 * body, as templates over the original body and the session.
 */
import {
  boolean,
  either,
  json,
  jsonObject,
  list,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  optional,
  record,
  required,
  text,
  type Json,
  type Shaped,
} from '@nself/hasura-metadata';
import { fillTemplate, KritiFault, renderFault, type Scope } from './kriti';

const bodyTransform = object('BodyTransform', {
  action: required(oneOf('remove', 'transform', 'x_www_form_urlencoded')),
  template: optional(text),
  form_template: optional(record(text)),
});

const headerTransform = object('HeaderTransform', {
  add_headers: optional(record(text)),
  remove_headers: optional(list(text)),
});

/** Version 1 says the body as a template, version 2 as an action. */
export const requestTransform = object('RequestTransform', {
  version: optional(json),
  method: optional(nonEmptyText),
  url: optional(text),
  body: optional(either(text, bodyTransform)),
  content_type: optional(text),
  query_params: optional(either(text, record(nullable(text)))),
  request_headers: optional(headerTransform),
  template_engine: optional(oneOf('Kriti')),
  strict: optional(boolean),
  response_transform: optional(jsonObject),
});
export type RequestTransform = Shaped<typeof requestTransform>;

/** A request as it is before and after. */
export interface WebhookRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Json;
}

/** Templates that could not be filled, each with where and why. */
export class TransformFault extends Error {
  constructor(readonly faults: readonly object[]) {
    super('request transform validation failed');
    this.name = 'TransformFault';
  }
}

/** @throws TransformFault with everything that is wrong */
export function transformRequest(
  request: WebhookRequest,
  transform: RequestTransform,
  session: Readonly<Record<string, string>>,
): WebhookRequest {
  const faults: object[] = [];
  const scope = scopeOf(request, session);
  const attempt = <T>(template: string, use: (value: Json) => T, fallback: T): T => {
    try {
      return use(fillTemplate(template, scope));
    } catch (fault) {
      if (!(fault instanceof KritiFault)) throw fault;
      faults.push(renderFault(fault, template));
      return fallback;
    }
  };
  const fillText = (template: string) => attempt(`"${template}"`, String, '');
  const filled: WebhookRequest = {
    method: transform.method?.toUpperCase() ?? request.method,
    url: withQuery(
      transform.url === undefined ? normalised(request.url) : fillText(transform.url),
      transform,
      fillText,
    ),
    headers: headersOf(request, transform, fillText),
    body: bodyOf(request, transform, attempt, fillText),
  };
  if (faults.length > 0) throw new TransformFault(faults);
  return filled;
}

function scopeOf({ body, url }: WebhookRequest, session: Readonly<Record<string, string>>): Scope {
  const variables = new Map(Object.entries(session).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    values: {
      $body: body,
      $base_url: url,
      $session_variables: Object.fromEntries(variables),
      $query_params: Object.fromEntries(URL.canParse(url) ? new URL(url).searchParams : []),
    },
    functions: {
      getSessionVariable: name => {
        if (typeof name !== 'string') return { fault: 'Session variable name should be a string' };
        const value = variables.get(name.toLowerCase());
        return value === undefined ? { fault: `Session variable "${name}" not found` } : { value };
      },
    },
  };
}

/** An address without a path has the path `/`. */
const normalised = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

type Fill = (template: string) => string;

function withQuery(url: string, { query_params: query }: RequestTransform, fill: Fill): string {
  if (query === undefined) return url;
  const [base = ''] = url.split('?');
  if (typeof query === 'string') return `${base}?${fill(query)}`;
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [
    fill(name),
    value === null ? '' : fill(value),
  ]);
  return pairs.length === 0 ? base : `${base}?${formEncoded(pairs)}`;
}

const formEncoded = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

function headersOf(request: WebhookRequest, transform: RequestTransform, fill: Fill): [string, string][] {
  const { add_headers: added = {}, remove_headers: removed = [] } = transform.request_headers ?? {};
  const gone = new Set(removed.map(name => name.toLowerCase()));
  const kept = request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const all = new Map(kept.filter(([name]) => !gone.has(name)));
  for (const [name, value] of Object.entries(added)) all.set(name.toLowerCase(), fill(value));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

type Attempt = <T>(template: string, use: (value: Json) => T, fallback: T) => T;

function bodyOf(request: WebhookRequest, { body }: RequestTransform, attempt: Attempt, fill: Fill): Json {
  if (body === undefined) return request.body;
  if (typeof body === 'string') return attempt(body, value => value, null);
  switch (body.action) {
    case 'remove':
      return '';
    case 'transform':
      return attempt(body.template ?? 'null', value => value, null);
    case 'x_www_form_urlencoded':
      return formEncoded(
        Object.entries(body.form_template ?? {}).map(([name, value]) => [name, fill(value)]),
      );
  }
}
