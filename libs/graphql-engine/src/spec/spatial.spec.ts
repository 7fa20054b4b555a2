import { describeWithPostgis } from '../../../../test/support';
import { box, crs, line, point } from './shapes';
import { World } from './world';

const script = `
  create extension postgis; create extension postgis_raster;
  create table shape (id int primary key, geom geometry(geometry, 4326));
  insert into shape values
    (1, 'SRID=4326;POINT(1 1)'), (2, 'SRID=4326;LINESTRING(0.5 0.5, 3 0.5)'),
    (3, 'SRID=4326;POLYGON((0 0, 0 2, 2 2, 2 0, 0 0))'), (4, 'SRID=4326;POLYGON((1 1, 1 3, 3 3, 3 1, 1 1))'),
    (5, 'SRID=4326;POLYGON((2 0, 2 2, 4 2, 4 0, 2 0))'), (6, null);
  create table solid (id int primary key, geom geometry(pointz, 4326));
  insert into solid values (1, 'SRID=4326;POINT Z (0 0 0)'), (2, 'SRID=4326;POINT Z (0 0 10)');
  create table town (id int primary key, geog geography);
  insert into town values
    (1, 'POINT(0 0)'), (2, 'POINT(1 0)'), (3, 'POINT(2.3522 48.8566)'), (4, 'LINESTRING(0 0, 0 1)');
  create table tile (id int primary key, rast raster);
  insert into tile values
    (1, st_addband(st_makeemptyraster(2, 2, 0, 2, 1, -1, 0, 0, 4326), '8BUI'::text, 1, 0)),
    (2, st_addband(st_makeemptyraster(2, 2, 5, 7, 1, -1, 0, 0, 4326), '8BUI'::text, 0, 0));`;

type Row = readonly [table: string, field: string, condition: object, ids: readonly number[]];

const everything = box([-1, -1], [9, 9]);
const reversed = {
  type: 'Polygon',
  coordinates: [
    [
      [2, 2],
      [0, 2],
      [0, 0],
      [2, 0],
      [2, 2],
    ],
  ],
};
/** Both shapes of a degree of the equator: on the spheroid it is longer than on the ball, and this lies between. */
const betweenBallAndSpheroid = 111_250;

const where: readonly Row[] = [
  ['shape', 'geom', { _st_contains: point(0.75, 0.75) }, [3]],
  ['shape', 'geom', { _st_within: box([0, 0], [2, 2]) }, [1, 3]],
  ['shape', 'geom', { _st_crosses: line([-1, 1.5], [5, 1.5]) }, [3, 4, 5]],
  ['shape', 'geom', { _st_equals: reversed }, [3]],
  ['shape', 'geom', { _st_overlaps: box([1, 1], [3, 3]) }, [3, 5]],
  ['shape', 'geom', { _st_touches: box([2, 2], [4, 4]) }, [3, 5]],
  ['shape', 'geom', { _st_intersects: point(1, 0.5) }, [2, 3]],
  ['shape', 'geom', { _st_3d_intersects: point(1, 0.5) }, [2, 3]],
  ['shape', 'geom', { _st_d_within: { distance: 1, from: point(-1, 1) } }, [3]],
  ['shape', 'geom', { _st_d_within: { distance: 2, from: point(-1, 1) } }, [1, 2, 3, 4]],
  ['shape', 'geom', { _eq: point(1, 1) }, [1]],
  ['shape', 'geom', { _neq: point(1, 1) }, [2, 3, 4, 5]],
  ['shape', 'geom', { _in: [point(1, 1), box([2, 0], [4, 2])] }, [1, 5]],
  ['shape', 'geom', { _nin: [point(1, 1), box([2, 0], [4, 2])] }, [2, 3, 4]],
  ['shape', 'geom', { _is_null: true }, [6]],
  ['shape', 'geom', { _st_within: everything, _st_contains: point(3.5, 1) }, [5]],
  [
    'shape',
    'geom',
    { _cast: { geography: { _st_d_within: { distance: 1, from: point(1, 1) } } } },
    [1, 3, 4],
  ],
  ['solid', 'geom', { _st_d_within: { distance: 1, from: point(0, 0, 8) } }, [1, 2]],
  ['solid', 'geom', { _st_3d_d_within: { distance: 2, from: point(0, 0, 8) } }, [2]],
  ['solid', 'geom', { _st_3d_intersects: line([0, 0, 9], [0, 0, 11]) }, [2]],
  ['town', 'geog', { _st_intersects: point(0, 0.5) }, [4]],
  ['town', 'geog', { _st_d_within: { distance: betweenBallAndSpheroid, from: point(0, 0) } }, [1, 4]],
  [
    'town',
    'geog',
    { _st_d_within: { distance: betweenBallAndSpheroid, from: point(0, 0), use_spheroid: false } },
    [1, 2, 4],
  ],
  ['town', 'geog', { _eq: point(1, 0) }, [2]],
  ['town', 'geog', { _in: [point(1, 0), point(0, 0)] }, [1, 2]],
  ['town', 'geog', { _cast: { geometry: { _st_within: box([-1, -1], [2, 2]) } } }, [1, 2, 4]],
  ['town', 'geog', { _cast: { geometry: { _st_d_within: { distance: 1, from: point(0, 0) } } } }, [1, 2, 4]],
  ['tile', 'rast', { _st_intersects_geom_nband: { geommin: point(0.5, 0.5) } }, [1]],
  ['tile', 'rast', { _st_intersects_geom_nband: { geommin: point(5.5, 5.5) } }, [2]],
  ['tile', 'rast', { _st_intersects_geom_nband: { geommin: point(5.5, 5.5), nband: 1 } }, []],
  ['tile', 'rast', { _st_intersects_nband_geom: { nband: 1, geommin: point(0.5, 0.5) } }, [1]],
  ['tile', 'rast', { _st_intersects_nband_geom: { nband: 1, geommin: point(5.5, 5.5) } }, []],
];

describeWithPostgis('shapes', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make(script, { tables: ['shape', 'solid', 'town', 'tile'] });
  });

  afterAll(() => world.end());

  const idsOf = (ids: readonly number[]) => ids.map(id => ({ id }));

  it.each(where)('of %s are chosen by %s: %j', async (table, field, condition, ids) => {
    const variables = { where: { [field]: condition } };
    const query = `query ($where: ${table}_bool_exp!) { ${table}(where: $where, order_by: {id: asc}) { id } }`;
    expect(await world.ask(query, { variables })).toEqual({ [table]: idsOf(ids) });
  });

  it.each(where)('of %s are chosen by %s: %j, in the document', async (table, field, condition, ids) => {
    const query = `{ ${table}(where: {${field}: ${literal(condition)}}, order_by: {id: asc}) { id } }`;
    expect(await world.ask(query)).toEqual({ [table]: idsOf(ids) });
  });

  it('are found by a raster that they meet, given as it was answered', async () => {
    const { tile_by_pk: tile } = await world.ask('{ tile_by_pk(id: 1) { rast } }');
    const { rast } = tile as { rast: string };
    expect(rast).toMatch(/^[0-9A-F]+$/);
    const query =
      'query ($rast: raster!) { a: tile(where: {rast: {_st_intersects_rast: $rast}}) { id } b: tile(where: {rast: {_eq: $rast}}) { id } }';
    expect(await world.ask(query, { variables: { rast } })).toEqual({ a: [{ id: 1 }], b: [{ id: 1 }] });
  });

  it('may be ordered and made distinct by, as Postgres orders them; rasters have no order', async () => {
    const ordered = '{ shape(order_by: {geom: asc_nulls_first}, limit: 1) { id } }';
    expect(await world.ask(ordered)).toEqual({ shape: [{ id: 6 }] });
    const distinct = '{ shape(distinct_on: geom, order_by: {geom: desc_nulls_last}) { id } }';
    expect((await world.ask(distinct)).shape).toHaveLength(6);
    await expect(world.ask('{ tile(order_by: {rast: asc}) { id } }')).rejects.toMatchObject({
      code: 'unexpected',
      message: 'database query error',
    });
  });

  it('have no greatest and no least, but can be counted', async () => {
    expect(world.sdl()).toMatch(/type shape_max_fields \{\s*id: Int\s*\}/);
    const query = '{ shape_aggregate { aggregate { count(columns: geom) max { id } } nodes { geom } } }';
    const { shape_aggregate: answer } = await world.ask(query);
    expect(answer).toMatchObject({ aggregate: { count: 5, max: { id: 6 } } });
    expect((answer as { nodes: unknown[] }).nodes[0]).toEqual({ geom: { ...point(1, 1), crs } });
  });

  it('are in the schema as Hasura has them', () => {
    const sdl = world.sdl();
    const members = (name: string): string[] => membersOf(sdl, name);
    for (const name of ['geometry', 'geography', 'raster']) {
      expect(sdl).toContain(`scalar ${name}`);
      expect(members(`${name}_comparison_exp`)).toEqual(expect.arrayContaining(ofEveryType(name)));
    }
    expect(special(members('geometry_comparison_exp'))).toEqual([
      '_cast: geometry_cast_exp',
      '_st_3d_d_within: st_d_within_input',
      ...['_st_3d_intersects', '_st_contains', '_st_crosses'].map(name => `${name}: geometry`),
      '_st_d_within: st_d_within_input',
      ...['equals', 'intersects', 'overlaps', 'touches', 'within'].map(name => `_st_${name}: geometry`),
    ]);
    expect(special(members('geography_comparison_exp'))).toEqual([
      '_cast: geography_cast_exp',
      '_st_d_within: st_d_within_geography_input',
      '_st_intersects: geography',
    ]);
    expect(special(members('raster_comparison_exp'))).toEqual([
      '_st_intersects_geom_nband: st_intersects_geom_nband_input',
      '_st_intersects_nband_geom: st_intersects_nband_geom_input',
      '_st_intersects_rast: raster',
    ]);
    expect(members('geometry_cast_exp')).toEqual(['geography: geography_comparison_exp']);
    expect(members('geography_cast_exp')).toEqual(['geometry: geometry_comparison_exp']);
    expect(members('st_d_within_input')).toEqual(['distance: Float!', 'from: geometry!']);
    expect(members('st_d_within_geography_input')).toEqual([
      'distance: Float!',
      'from: geography!',
      'use_spheroid: Boolean = true',
    ]);
    expect(members('st_intersects_geom_nband_input')).toEqual(['geommin: geometry!', 'nband: Int']);
    expect(members('st_intersects_nband_geom_input')).toEqual(['geommin: geometry!', 'nband: Int!']);
  });
});

const ofEveryType = (name: string): string[] => [
  ...['_eq', '_gt', '_gte', '_lt', '_lte', '_neq'].map(operator => `${operator}: ${name}`),
  ...['_in', '_nin'].map(operator => `${operator}: [${name}!]`),
  '_is_null: Boolean',
];

const special = (members: readonly string[]): string[] =>
  members.filter(member => /^_(st|cast)/.test(member));

/** Names and types of what an input has, in the order of the schema. */
function membersOf(sdl: string, name: string): string[] {
  const [, body = ''] = new RegExp(`^input ${name} \\{([^}]*)\\}`, 'm').exec(sdl) ?? [];
  return [...body.matchAll(/^ {2}(\w+: .*)$/gm)].map(([, member = '']) => member);
}

/** JSON as GraphQL writes it: names bare. */
const literal = (value: unknown): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1:');
