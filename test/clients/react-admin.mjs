// react-admin's data provider for Hasura: it reads the schema by introspection and makes its queries from it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: build } = require('ra-data-hasura');
const { URL: address, SECRET: secret } = process.env;
const provider = await build({
  clientOptions: { uri: address, headers: { 'x-hasura-admin-secret': secret } },
});

const page = { pagination: { page: 1, perPage: 2 }, sort: { field: 'id', order: 'DESC' }, filter: {} };
const list = await provider.getList('article', page);
assert.deepEqual([list.total, list.data.map(({ title }) => title)], [3, ['Three', 'Two']]);
const filtered = await provider.getList('article', { ...page, filter: { 'title@_ilike': 'tw' } });
assert.deepEqual(
  filtered.data.map(({ id }) => id),
  [2],
);
assert.equal((await provider.getOne('author', { id: 1 })).data.name, 'Ann');
assert.equal((await provider.getMany('author', { ids: [1, 2] })).data.length, 2);
const reference = await provider.getManyReference('article', { ...page, target: 'author_id', id: 1 });
assert.equal(reference.total, 2);
assert.equal((await provider.create('author', { data: { id: 80, name: 'Admin' } })).data.id, 80);
const changed = await provider.update('author', {
  id: 80,
  data: { id: 80, name: 'Changed' },
  previousData: { id: 80, name: 'Admin' },
});
assert.equal(changed.data.name, 'Changed');
assert.equal(
  (await provider.delete('author', { id: 80, previousData: { id: 80, name: 'Changed' } })).data.id,
  80,
);
