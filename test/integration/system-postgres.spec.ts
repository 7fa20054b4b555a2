import { describeWithPostgis } from '../support';

/**
 * What is promised of Postgres 13 to 18 the whole suite proves of the one that comes with us. Here what versions may
 * differ in is proved once more on the one that the system has, usually an older one: the catalogue, the metadata API,
 * reading and writing, live queries, and the rules of every table.
 */
const specs = [
  'libs/pg-catalog/src/catalogue.spec',
  'libs/graphql-engine/src/metadata-api/metadata-api.spec',
  'libs/graphql-engine/src/spec/operators.spec',
  'libs/graphql-engine/src/compiler/mutations/kept-rows.spec',
  'libs/graphql-engine/src/compiler/mutations/row-security.spec',
  'apps/graphql/src/http.spec',
  'apps/graphql/src/live.spec',
  'test/tenancy/catalogue.spec',
];

describeWithPostgis('on the Postgres of this system', () => {
  for (const spec of specs) jest.requireActual(`../../${spec}`);
});
