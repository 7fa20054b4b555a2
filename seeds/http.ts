/** An answer as it came over the wire. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Call {
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  /** Followed unless said otherwise. */
  readonly redirect?: 'follow' | 'manual';
}

/** Services that answer somewhere: a test stack, or an installation. */
export interface Services {
  url(service: string, path?: string): string;
}

/** An answer with another status than was asked for. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}

/** Sends a request and reads the answer, JSON where it is JSON. */
export async function send<T = unknown>(
  address: string,
  { method, json, form, headers, redirect }: Call = {},
): Promise<Answer<T>> {
  const body = json === undefined ? form : JSON.stringify(json);
  const response = await fetch(address, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body,
    redirect,
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text ? JSON.parse(text) : text) as T,
  };
}

/** The answer, when it has one of these statuses; without any named, one of success. @throws Refused otherwise */
export function expectStatus<T>(answer: Answer<T>, ...statuses: number[]): Answer<T> {
  const { status } = answer;
  const fits = statuses.length > 0 ? statuses.includes(status) : status >= 200 && status < 300;
  if (fits) return answer;
  throw new Refused(answer);
}
