import { randomBytes } from 'node:crypto';
import { describeWithPostgis } from '../../../../test/support';
import { sessionOf } from '../executor';
import { world, type World } from '../testing/world.fixture';
import { box, crs, line, point, type Shape } from './shapes';

const login = `shapes_${randomBytes(4).toString('hex')}`;

const schema = `
  create extension postgis; create extension postgis_raster;
  create table shape (id int primary key, geom geometry, geog geography, flat geometry(geometry, 3857), many geometry[]);
  create table tile (id int primary key, rast raster not null);
  insert into tile values
    (1, st_addband(st_makeemptyraster(2, 2, 0, 2, 1, -1, 0, 0, 4326), '8BUI'::text, 1, 0)),
    (2, st_addband(st_makeemptyraster(2, 2, 5, 7, 1, -1, 0, 0, 4326), '8BUI'::text, 0, 0));
  create table place (id int primary key, at geometry(point, 4326) not null);
  insert into place values (1, 'SRID=4326;POINT(1 1)'), (2, 'SRID=4326;POINT(5 5)'), (3, 'SRID=4326;POINT(9 9)');
  create table walled (id int primary key, at geometry(point, 4326) not null);
  insert into walled table place;
  alter table walled enable row level security;
  create policy here on walled using (st_intersects(at, st_geomfromgeojson(
    current_setting('hasura.user')::jsonb ->> 'x-hasura-area')));
  create role ${login};
  grant select, insert, update, delete on walled to ${login};`;

const area = 'X-Hasura-Area';
const table = (name: string) => ({ table: { schema: 'public', name } });
const everything = { columns: '*', filter: {}, check: {} };

/** What a role may see of `place`, and which rows that are in the area from 0 to 6. */
const filters: readonly (readonly [filter: object, ids: readonly number[]])[] = [
  [{ at: { _st_within: area } }, [1, 2]],
  [{ at: { $st_within: box([4, 4], [6, 6]) } }, [2]],
  [{ at: { _st_intersects: line([0, 9], [9, 9]) } }, [3]],
  [{ at: { _st_d_within: { distance: 2, from: area } } }, [1, 2]],
  [{ at: { _st_d_within: { distance: 'X-Hasura-Far', from: point(5, 6) } } }, [2]],
  [{ at: { _cast: { geography: { _st_d_within: { distance: 10, from: point(1, 1) } } } } }, [1]],
  [{ at: { _eq: point(9, 9) } }, [3]],
  [{ at: { _ne: point(9, 9) } }, [1, 2]],
  [{ at: { _in: [point(9, 9), point(1, 1)] } }, [1, 3]],
  [{ _not: { at: { _st_within: area } } }, [3]],
];

/** The same for `tile`: the second has no values in its band. */
const tileFilters: readonly (readonly [filter: object, ids: readonly number[]])[] = [
  [{ rast: { _st_intersects_geom_nband: { geommin: area } } }, [1, 2]],
  [{ rast: { _st_intersects_geom_nband: { geommin: area, nband: 1 } } }, [1]],
  [{ rast: { _st_intersects_nband_geom: { nband: 1, geommin: point(5.5, 5.5) } } }, []],
  [{ rast: { _st_intersects_rast: 'X-Hasura-Tile' } }, [1]],
];

const source = {
  tables: [
    table('shape'),
    {
      ...table('tile'),
      select_permissions: tileFilters.map(([filter], at) => ({
        role: `role_${at}`,
        permission: { columns: '*', filter },
      })),
    },
    {
      ...table('place'),
      select_permissions: filters.map(([filter], at) => ({
        role: `role_${at}`,
        permission: { columns: '*', filter, allow_aggregations: true },
      })),
      insert_permissions: [
        { role: 'role_0', permission: { columns: ['id', 'at'], check: { at: { _st_within: area } } } },
      ],
      update_permissions: [
        {
          role: 'role_0',
          permission: {
            columns: ['at'],
            filter: { at: { _st_within: area } },
            check: { at: { _st_within: area } },
          },
        },
      ],
    },
    {
      ...table('walled'),
      select_permissions: [
        { role: 'user', permission: { columns: '*', filter: {}, allow_aggregations: true } },
      ],
      insert_permissions: [{ role: 'user', permission: everything }],
      update_permissions: [{ role: 'user', permission: everything }],
    },
  ],
};

const here = { 'x-hasura-area': JSON.stringify(box([0, 0], [6, 6])), 'x-hasura-far': '1' };
const as = (role: string) => sessionOf(role, here);
const placed = (shape: Shape) => ({ ...shape, crs });

const kinds: readonly Shape[] = [
  point(1, 2),
  {
    type: 'MultiPoint',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  },
  line([1, 2], [3, 4]),
  {
    type: 'MultiLineString',
    coordinates: [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
  },
  box([0, 0], [1, 1]),
  { type: 'MultiPolygon', coordinates: [box([0, 0], [1, 1]).coordinates, box([2, 2], [3, 3]).coordinates] },
  point(1, 2, 3),
  line([1, 2, 3], [4, 5, 6]),
  point(2.123456789012345, -48.856600000000001),
];

describeWithPostgis('shapes that are written', () => {
  let served: World;
  let walled: World;

  beforeAll(async () => {
    served = await world({ schema, source });
    walled = await world({ schema: schema.replace(/create role.*/, ''), source, login });
  });

  afterAll(async () => {
    for (const one of [walled, served]) await one.client.query(`drop owned by ${login}`);
    await served.client.query(`drop role ${login}`);
    await Promise.all([walled.drop(), served.drop()]);
  });

  const insert = `mutation ($row: shape_insert_input!) {
    insert_shape_one(object: $row, on_conflict: {constraint: shape_pkey, update_columns: [geom, geog]}) { id geom geog }
  }`;
  const write = (row: object) => served.ask('admin', insert, { row });

  it.each(kinds)('come back as they went in: $type $coordinates', async shape => {
    const answer = await write({ id: 1, geom: shape, geog: shape });
    expect(answer).toEqual({
      data: { insert_shape_one: { id: 1, geom: placed(shape), geog: placed(shape) } },
    });
    expect(await served.ask('admin', '{ shape(where: {id: {_eq: 1}}) { geom geog } }')).toEqual({
      data: { shape: [{ geom: placed(shape), geog: placed(shape) }] },
    });
  });

  it('come back as collections of shapes, whose system stands once', async () => {
    const collection = { type: 'GeometryCollection', geometries: [point(1, 2), line([1, 2], [3, 4])] };
    const said = { ...collection, crs };
    expect(await write({ id: 1, geom: collection, geog: collection })).toEqual({
      data: { insert_shape_one: { id: 1, geom: said, geog: said } },
    });
  });

  it('keep the system that they name, and may be a text', async () => {
    const mercator = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    const shape = { ...point(100, 200), crs: mercator };
    const rows =
      'mutation ($rows: [shape_insert_input!]!) { insert_shape(objects: $rows) { returning { flat geom } } }';
    const text = JSON.stringify(point(3, 4));
    expect(await served.ask('admin', rows, { rows: [{ id: 2, flat: shape, geom: text }] })).toEqual({
      data: { insert_shape: { returning: [{ flat: shape, geom: placed(point(3, 4)) }] } },
    });
  });

  it('may be null, and several in a list', async () => {
    const set = `mutation ($many: [geometry!]) {
      update_shape_by_pk(pk_columns: {id: 6}, _set: {geom: null, many: $many}) { geom many }
    }`;
    await write({ id: 6, geom: point(1, 1) });
    const many = [point(1, 2), box([0, 0], [1, 1])];
    const answer = async (value: unknown) => {
      const { data } = (await served.ask('admin', set, { many: value })) as {
        data: { update_shape_by_pk: { geom: null; many: object[] | null } };
      };
      return data.update_shape_by_pk;
    };
    expect(await answer(many)).toEqual({
      geom: null,
      many: many.map(one => expect.objectContaining(one) as Shape),
    });
    expect(await answer([])).toEqual({ geom: null, many: [] });
    expect(await answer(null)).toEqual({ geom: null, many: null });
  });

  it('are replaced where they are, and found by what they were', async () => {
    await write({ id: 4, geom: point(1, 1), geog: point(1, 1) });
    const move = `mutation ($from: geometry!, $to: geometry!) {
      update_shape(where: {geom: {_st_equals: $from}}, _set: {geom: $to}) { affected_rows returning { id geom } }
      delete_shape(where: {geom: {_st_within: {type: "Polygon", coordinates: [[[6, 6], [6, 8], [8, 8], [8, 6], [6, 6]]]}}}) {
        returning { geom }
      }
    }`;
    expect(await served.ask('admin', move, { from: point(1, 1), to: point(7, 7) })).toEqual({
      data: {
        update_shape: { affected_rows: 1, returning: [{ id: 4, geom: placed(point(7, 7)) }] },
        delete_shape: { returning: [{ geom: placed(point(7, 7)) }] },
      },
    });
  });

  it('are refused in words of Hasura where they are none, and in those of PostGIS where a column is for others', async () => {
    const none = { type: 'LineString', coordinates: [[1, 2]] };
    expect(await write({ id: 5, geom: none })).toEqual({
      error: 'A LineString needs at least 2 Positions',
      code: 'parse-failed',
      path: '$.selectionSet.insert_shape_one.args.object.geom',
    });
    expect(
      await served.ask(
        'admin',
        '{ shape(where: {geom: {_st_within: {type: "Point", coordinates: [1]}}}) { id } }',
      ),
    ).toEqual({
      error: 'A Position needs at least 2 elements',
      code: 'parse-failed',
      path: '$.selectionSet.shape.args.where.geom._st_within',
    });
    expect(await write({ id: 5, flat: point(1, 2) })).toMatchObject({
      error: 'Geometry SRID (4326) does not match column SRID (3857)',
      code: 'data-exception',
    });
    const road = 'mutation ($at: geometry!) { insert_place_one(object: {id: 9, at: $at}) { id } }';
    expect(await served.ask('admin', road, { at: line([0, 0], [1, 1]) })).toMatchObject({
      error: 'Geometry type (LineString) does not match column type (Point)',
      code: 'data-exception',
    });
  });

  it('are rasters as well', async () => {
    const { rows } = await served.client.query<{ hex: string }>(
      `select st_addband(st_makeemptyraster(2, 2, 0, 2, 1, -1, 0, 0, 4326), '8BUI'::text, 1, 0)::text as hex`,
    );
    const rast = rows[0]?.hex;
    const write = 'mutation ($rast: raster!) { insert_tile_one(object: {id: 3, rast: $rast}) { rast } }';
    expect(await served.ask('admin', write, { rast })).toEqual({ data: { insert_tile_one: { rast } } });
    expect(await served.ask('admin', write, { rast: 'no raster' })).toEqual({
      error: 'invalid hexadecimal representation of raster well known binary format',
      code: 'parse-failed',
      path: '$.selectionSet.insert_tile_one.args.object.rast',
    });
  });

  it.each(filters.map(([filter, ids], at) => [filter, ids, at] as const))(
    'are seen by a role whose filter is %j',
    async (_, ids, at) => {
      const query = '{ place(order_by: {id: asc}) { id } place_aggregate { aggregate { count } } }';
      expect(await served.ask(as(`role_${at}`), query)).toEqual({
        data: {
          place: ids.map(id => ({ id })),
          place_aggregate: { aggregate: { count: ids.length } },
        },
      });
    },
  );

  const build =
    'mutation ($id: Int!, $at: geometry!) { insert_place_one(object: {id: $id, at: $at}) { id at } }';
  const move = 'mutation ($at: geometry!) { update_place(where: {}, _set: {at: $at}) { affected_rows } }';
  const refused = {
    code: 'permission-error',
    error: 'check constraint of an insert/update permission has failed',
  };

  it('are written by a role only where its checks hold', async () => {
    expect(await served.ask(as('role_0'), build, { id: 10, at: point(7, 7) })).toMatchObject(refused);
    expect(await served.ask(as('role_0'), build, { id: 10, at: point(2, 2) })).toEqual({
      data: { insert_place_one: { id: 10, at: placed(point(2, 2)) } },
    });
    expect(await served.ask(as('role_0'), move, { at: point(7, 7) })).toMatchObject(refused);
    expect(await served.ask(as('role_0'), move, { at: point(3, 3) })).toEqual({
      data: { update_place: { affected_rows: 3 } },
    });
  });

  it('stay behind the wall of their table, whatever is asked', async () => {
    const query = `query ($at: geometry!) {
      walled(order_by: {id: asc}) { id at }
      near: walled(where: {at: {_st_intersects: $at}}) { id }
      walled_aggregate { aggregate { count } }
    }`;
    const variables = { at: point(9, 9) };
    const seen = {
      walled: [
        { id: 1, at: placed(point(1, 1)) },
        { id: 2, at: placed(point(5, 5)) },
      ],
    };
    expect(await walled.ask(as('user'), query, variables)).toEqual({
      data: { ...seen, near: [], walled_aggregate: { aggregate: { count: 2 } } },
    });
    expect(await served.ask(as('user'), query, variables)).toMatchObject({
      data: { near: [{ id: 3 }], walled_aggregate: { aggregate: { count: 3 } } },
    });
    const put = 'mutation ($at: geometry!) { insert_walled_one(object: {id: 10, at: $at}) { id } }';
    expect(await walled.ask(as('user'), put, { at: point(9, 9) })).toMatchObject(refused);
    expect(await walled.ask(as('user'), put, { at: point(2, 2) })).toEqual({
      data: { insert_walled_one: { id: 10 } },
    });
  });
});
