// Apollo Client 3 over HTTP, and its subscriptions over graphql-transport-ws.
import assert from 'node:assert/strict';
import apollo from '@apollo/client/core/core.cjs';
import links from '@apollo/client/link/subscriptions/subscriptions.cjs';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const { ApolloClient, InMemoryCache, HttpLink, gql, split } = apollo;
const { URL: address, SECRET: secret, WS: socket } = process.env;
const headers = { 'x-hasura-admin-secret': secret };

const client = createClient({ url: socket, webSocketImpl: WebSocket, connectionParams: { headers } });
const link = split(
  ({ query }) => query.definitions.some(({ operation }) => operation === 'subscription'),
  new links.GraphQLWsLink(client),
  new HttpLink({ uri: address, headers, fetch }),
);
const apolloClient = new ApolloClient({ link, cache: new InMemoryCache() });

const AUTHORS = gql`
  query Authors($name: String!) {
    author(where: { name: { _eq: $name } }) {
      id
      name
      articles(order_by: { id: asc }) {
        id
        title
      }
    }
  }
`;
const { data } = await apolloClient.query({ query: AUTHORS, variables: { name: 'Ann' } });
assert.deepEqual(
  data.author[0].articles.map(({ title }) => title),
  ['One', 'Two'],
);
assert.equal(data.author[0].__typename, 'author');

const { data: made } = await apolloClient.mutate({
  mutation: gql`
    mutation Make($object: author_insert_input!) {
      insert_author_one(object: $object) {
        id
        name
      }
    }
  `,
  variables: { object: { id: 60, name: 'Apollo' } },
});
assert.equal(made.insert_author_one.name, 'Apollo');

await assert.rejects(
  apolloClient.query({
    query: gql`
      {
        nothing
      }
    `,
  }),
  /field 'nothing' not found/,
);

const answers = [];
await new Promise((resolve, reject) => {
  const told = apolloClient.subscribe({
    query: gql`
      subscription {
        author_by_pk(id: 60) {
          name
        }
      }
    `,
  });
  const listening = told.subscribe({
    error: reject,
    next: ({ data }) => {
      answers.push(data.author_by_pk.name);
      if (answers.length === 2) {
        // Who still listens when the author is deleted is told of that, too.
        listening.unsubscribe();
        return resolve();
      }
      void apolloClient.mutate({
        mutation: gql`
          mutation {
            update_author_by_pk(pk_columns: { id: 60 }, _set: { name: "Artemis" }) {
              id
            }
          }
        `,
      });
    },
  });
});
assert.deepEqual(answers, ['Apollo', 'Artemis']);
await apolloClient.mutate({
  mutation: gql`
    mutation {
      delete_author_by_pk(id: 60) {
        id
      }
    }
  `,
});
await client.dispose();
apolloClient.stop();
