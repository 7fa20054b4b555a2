import {
  chosen,
  customisedRoot,
  fieldName,
  generated,
  rootFieldName,
  snakeToCamel,
  snakeToPascal,
  typeBase,
} from './naming';

const author = [generated('author_local')];
const inSchema = [generated('house'), generated('author')];
const custom = [chosen('authorDetails')];

describe('names of the API', () => {
  it.each([
    [
      'hasura-default',
      author,
      'author_local',
      'author_local_by_pk',
      'insert_author_local_one',
      'author_local',
    ],
    [
      'hasura-default',
      inSchema,
      'house_author',
      'house_author_by_pk',
      'insert_house_author_one',
      'house_author',
    ],
    [
      'hasura-default',
      custom,
      'authorDetails',
      'authorDetails_by_pk',
      'insert_authorDetails_one',
      'authorDetails',
    ],
    ['graphql-default', author, 'authorLocal', 'authorLocalByPk', 'insertAuthorLocalOne', 'AuthorLocal'],
    ['graphql-default', inSchema, 'houseAuthor', 'houseAuthorByPk', 'insertHouseAuthorOne', 'HouseAuthor'],
    [
      'graphql-default',
      custom,
      'authorDetails',
      'authorDetailsByPk',
      'insertAuthorDetailsOne',
      'authorDetails',
    ],
  ] as const)('follow %s', (convention, pieces, select, byPk, insertOne, type) => {
    expect(rootFieldName(convention, 'select', pieces)).toBe(select);
    expect(rootFieldName(convention, 'selectByPk', pieces)).toBe(byPk);
    expect(rootFieldName(convention, 'insertOne', pieces)).toBe(insertOne);
    expect(typeBase(convention, pieces)).toBe(type);
  });

  it('take a source’s prefix and suffix', () => {
    expect(customisedRoot('hasura-default', { prefix: 'test_', suffix: '_query' }, 'author')).toBe(
      'test_author_query',
    );
    expect(customisedRoot('graphql-default', { prefix: 'test', suffix: 'query' }, 'author')).toBe(
      'testAuthorQuery',
    );
    expect(customisedRoot('graphql-default', { suffix: 'query' }, 'author')).toBe('authorQuery');
    expect(customisedRoot('graphql-default', undefined, 'author')).toBe('author');
  });

  it('keep leading underscores, and what has none', () => {
    expect(snakeToCamel('_private_thing')).toBe('_privateThing');
    expect(snakeToPascal('__x_y')).toBe('__XY');
    expect(snakeToCamel('alreadyCamel')).toBe('alreadyCamel');
    expect(fieldName('graphql-default', [generated('')])).toBe('');
  });
});
