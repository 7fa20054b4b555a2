/** One GraphQL request as a client sends it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Which API of the same tables is spoken: the plain one, or Relay's with global ids and connections. */
export type Surface = 'graphql' | 'relay';

/** The answer as bytes that go to the client as they are: `{"data":{...}}` in pieces. */
export interface Answer {
  readonly body: readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
}
