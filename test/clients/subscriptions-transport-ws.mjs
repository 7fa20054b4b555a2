// The client of the older socket protocol, as its makers left it.
import assert from 'node:assert/strict';
import { SubscriptionClient } from 'subscriptions-transport-ws';
import WebSocket from 'ws';

const { SECRET: secret, WS: socket } = process.env;
const client = new SubscriptionClient(
  socket,
  { connectionParams: { headers: { 'x-hasura-admin-secret': secret } }, reconnect: false },
  WebSocket,
);

const once = request =>
  new Promise((resolve, reject) => {
    const answers = [];
    client
      .request(request)
      .subscribe({ next: answer => answers.push(answer), error: reject, complete: () => resolve(answers) });
  });

assert.deepEqual(await once({ query: '{ author(order_by: {id: asc}) { name } }' }), [
  { data: { author: [{ name: 'Ann' }, { name: 'Ben' }] } },
]);
await once({ query: 'mutation { insert_author_one(object: {id: 70, name: "Old"}) { id } }' });

const names = [];
await new Promise((resolve, reject) => {
  client
    .request({ query: 'subscription ($id: Int!) { author_by_pk(id: $id) { name } }', variables: { id: 70 } })
    .subscribe({
      error: reject,
      next: ({ data }) => {
        names.push(data.author_by_pk?.name ?? null);
        if (names.length === 2) return resolve();
        void once({ query: 'mutation { delete_author_by_pk(id: 70) { id } }' });
      },
    });
});
assert.deepEqual(names, ['Old', null]);
await assert.rejects(once({ query: '{ nothing }' }), error =>
  /nothing/.test(JSON.stringify(error) + error.message),
);
client.close();
