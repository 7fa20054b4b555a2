import { Catalogue } from '@nself/pg-catalog';
import { ClaimedNames } from './claimed-names';
import { ModelFault } from './fault';
import { generated, rootFieldKinds, rootFieldName, typeBase, type Convention } from './naming';
import type { BareTable } from './table';
import type { RootFieldNames } from './types';

const uuid = { oid: 1, schema: 'pg_catalog', name: 'uuid', kind: 'base', category: 'U' } as const;
const catalogue = new Catalogue({
  serverVersion: 170000,
  mark: '',
  tables: [],
  types: [uuid],
  functions: [],
});

function tableNamed(convention: Convention, schema: string, name: string): BareTable {
  const pieces = schema === 'public' ? [generated(name)] : [generated(schema), generated(name)];
  const roots = rootFieldKinds.map(kind => [kind, { name: rootFieldName(convention, kind, pieces) }]);
  return {
    key: `${schema}.${name}`,
    schema,
    name,
    kind: 'table',
    graphqlName: typeBase(convention, pieces),
    rootFields: Object.fromEntries(roots) as RootFieldNames,
    columns: new Map(),
    uniques: [],
    insertable: true,
    updatable: true,
    deletable: true,
  };
}

const together = (convention: Convention, ...names: string[]) => {
  const claimed = new ClaimedNames(convention, catalogue);
  for (const name of names) {
    const [schema = '', table = ''] = name.includes('.') ? name.split('.') : ['public', name];
    claimed.claimTable(tableNamed(convention, schema, table));
  }
};

describe('names of types', () => {
  it.each([
    ['two schemas that run into each other', ['a.b_c', 'a_b.c']],
    ['a table that is called as a type of another', ['author', 'author_bool_exp']],
    ['the same in the other order', ['author_bool_exp', 'author']],
    ['a table and the aggregate of another', ['author', 'author_aggregate']],
    ['tables that only some types of have in common', ['author', 'author_max']],
    ['a relay type', ['author', 'authorConnection']],
    ['a type that belongs to no table', ['order_by']],
    ['a scalar', ['uuid']],
  ])('are not given twice: %s', (_, names) => {
    expect(() => together('hasura-default', ...names)).toThrow(ModelFault);
  });

  it('are not given twice in the other convention either', () => {
    expect(() => together('graphql-default', 'author_local', 'authorLocal')).toThrow(ModelFault);
    expect(() => together('graphql-default', 'author', 'author_bool_exp')).toThrow(ModelFault);
    expect(() => together('graphql-default', 'author', 'path')).not.toThrow();
  });

  it('do not stand in each other’s way otherwise', () => {
    expect(() =>
      together(
        'hasura-default',
        'author',
        'author_details',
        'articles',
        'house.author',
        'maximum',
        'author_',
      ),
    ).not.toThrow();
  });
});
