// refine's data provider for Hasura.
import assert from 'node:assert/strict';
import dataProvider, { GraphQLClient } from '@refinedev/hasura';

const { URL: address, SECRET: secret } = process.env;
const client = new GraphQLClient(address, { headers: { 'x-hasura-admin-secret': secret } });
const provider = dataProvider(client, { idType: 'Int', namingConvention: 'hasura-default' });
const meta = { fields: ['id', 'name'] };

const list = await provider.getList({
  resource: 'author',
  pagination: { current: 1, currentPage: 1, pageSize: 10 },
  sorters: [{ field: 'id', order: 'desc' }],
  filters: [{ field: 'name', operator: 'contains', value: 'n' }],
  meta,
});
assert.deepEqual([list.total, list.data.map(({ name }) => name)], [2, ['Ben', 'Ann']]);
assert.equal((await provider.getOne({ resource: 'author', id: 1, meta })).data.name, 'Ann');
assert.equal(
  (await provider.create({ resource: 'author', variables: { id: 90, name: 'Refined' }, meta })).data.id,
  90,
);
const changed = await provider.update({ resource: 'author', id: 90, variables: { name: 'More' }, meta });
assert.equal(changed.data.name, 'More');
assert.equal((await provider.deleteOne({ resource: 'author', id: 90, meta })).data.id, 90);
