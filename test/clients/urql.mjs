// urql over HTTP, and over graphql-transport-ws through graphql-ws.
import assert from 'node:assert/strict';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import { pipe, subscribe } from 'wonka';
import WebSocket from 'ws';

const { URL: address, SECRET: secret, WS: socket } = process.env;
const headers = { 'x-hasura-admin-secret': secret };
const sockets = createClient({ url: socket, webSocketImpl: WebSocket, connectionParams: { headers } });

const client = new Client({
  url: address,
  fetchOptions: { headers },
  preferGetMethod: false,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: sink => ({ unsubscribe: sockets.subscribe({ query, variables }, sink) }),
      }),
    }),
  ],
});

const list = await client
  .query('query ($ids: [Int!]!) { author(where: { id: { _in: $ids } }, order_by: { id: asc }) { name } }', {
    ids: [1, 2],
  })
  .toPromise();
assert.deepEqual(list.data, { author: [{ name: 'Ann' }, { name: 'Ben' }] });
const wrong = await client.query('{ author { nothing } }', {}).toPromise();
assert.match(wrong.error.message, /field 'nothing' not found/);

const told = await new Promise(resolve => {
  const { unsubscribe } = pipe(
    client.subscription('subscription { author_aggregate { aggregate { count } } }', {}),
    subscribe(({ data }) => setTimeout(() => (unsubscribe(), resolve(data)))),
  );
});
assert.deepEqual(told, { author_aggregate: { aggregate: { count: 2 } } });
await sockets.dispose();
