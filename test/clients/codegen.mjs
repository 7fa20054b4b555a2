// GraphQL Code Generator: types of the introspected schema and of an operation. (Its core and plugins; the command
// around them only reads files.)
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { codegen } = require('@graphql-codegen/core');
const typescript = require('@graphql-codegen/typescript');
const operations = require('@graphql-codegen/typescript-operations');
const { buildClientSchema, getIntrospectionQuery, parse, printSchema } = require('graphql');

const { URL: address, SECRET: secret } = process.env;
const query = getIntrospectionQuery({ specifiedByUrl: false, inputValueDeprecation: false });
const response = await fetch(address, {
  method: 'POST',
  headers: { 'x-hasura-admin-secret': secret },
  body: JSON.stringify({ query }),
});
const schema = buildClientSchema((await response.json()).data);

const content = await codegen({
  filename: 'types.ts',
  schema: parse(printSchema(schema)),
  documents: [
    {
      document: parse(
        'query Authors($where: author_bool_exp) { author(where: $where) { id name articles { title big } } }',
      ),
    },
  ],
  config: { strictScalars: true, scalars: { numeric: 'string' } },
  plugins: [{ typescript: {} }, { operations: {} }],
  pluginMap: { typescript, operations },
});
assert.match(
  content,
  /export type AuthorsQuery = \{ __typename\?: 'query_root', author: Array<\{ __typename\?: 'author', id: number, name: string, articles: Array/,
);
assert.match(content, /export type Author_Bool_Exp = \{/);
assert.match(content, /export type Mutation_RootInsert_AuthorArgs = \{/);
