import { ExactNumber } from '../../planner';
import { encodeRaster, encodeShape } from './geojson';

const encode = encodeShape('geometry');
const refusal = (message: string, code = 'parse-failed') =>
  expect.objectContaining({ code, message, path: '$' }) as Error;

const square = [
  [0, 0],
  [0, 1],
  [1, 1],
  [0, 0],
];

const good: readonly (readonly [type: string, member: string, value: unknown])[] = [
  ['Point', 'coordinates', [1, 2]],
  ['Point', 'coordinates', [1, 2, 3, 4]],
  ['Point', 'coordinates', [new ExactNumber('1.00000000000000000001'), 2]],
  ['MultiPoint', 'coordinates', []],
  ['LineString', 'coordinates', [square[0], square[1]]],
  ['MultiLineString', 'coordinates', [[square[0], square[1]]]],
  ['Polygon', 'coordinates', [square]],
  ['MultiPolygon', 'coordinates', [[square], [square, square]]],
  ['GeometryCollection', 'geometries', [{ type: 'Point', coordinates: [0, 0] }]],
];

const bad: readonly (readonly [value: unknown, message: string])[] = [
  [5, 'parsing Geometry failed, expected Object, but encountered Number'],
  [[1, 2], 'parsing Geometry failed, expected Object, but encountered Array'],
  [{ coordinates: [1, 2] }, 'key "type" not found'],
  [{ type: 1, coordinates: [1, 2] }, 'parsing String failed, expected String, but encountered Number'],
  [{ type: 'Circle', coordinates: [1, 2] }, 'unexpected geometry type: Circle'],
  [{ type: 'constructor', coordinates: [1, 2] }, 'unexpected geometry type: constructor'],
  [{ type: 'Point' }, 'key "coordinates" not found'],
  [{ type: 'Point', coordinates: null }, 'parsing Position failed, expected Array, but encountered Null'],
  [{ type: 'Point', coordinates: [1] }, 'A Position needs at least 2 elements'],
  [
    { type: 'Point', coordinates: ['1', 2] },
    'parsing Double failed, expected Number, but encountered String',
  ],
  [{ type: 'MultiPoint', coordinates: 1 }, 'parsing [] failed, expected Array, but encountered Number'],
  [
    { type: 'MultiPoint', coordinates: [1, 2] },
    'parsing Position failed, expected Array, but encountered Number',
  ],
  [{ type: 'LineString', coordinates: [[0, 0]] }, 'A LineString needs at least 2 Positions'],
  [{ type: 'LineString', coordinates: [[0], [1]] }, 'A Position needs at least 2 elements'],
  [
    { type: 'MultiLineString', coordinates: square },
    'parsing Position failed, expected Array, but encountered Number',
  ],
  [{ type: 'Polygon', coordinates: [square.slice(1)] }, 'A LinearRing needs at least 4 Positions'],
  [
    { type: 'Polygon', coordinates: [[...square.slice(0, 3), [0, 9]]] },
    'the first and last locations have to be equal for a LinearRing',
  ],
  [
    { type: 'Polygon', coordinates: [[[0, 0, 1], ...square.slice(1, 3), [0, 0, 2]]] },
    'the first and last locations have to be equal for a LinearRing',
  ],
  [{ type: 'MultiPolygon', coordinates: [[square.slice(1)]] }, 'A LinearRing needs at least 4 Positions'],
  [{ type: 'GeometryCollection', coordinates: [] }, 'key "geometries" not found'],
  [{ type: 'GeometryCollection', geometries: [{ type: 'Round' }] }, 'unexpected geometry type: Round'],
];

describe('GeoJSON', () => {
  it.each(good)('%s with %s %j is a shape', (type, member, value) => {
    expect(() => encode({ type, [member]: value }, '$')).not.toThrow();
  });

  it('keeps its digits, and the system of its coordinates', () => {
    const crs = { type: 'name', properties: { name: 'EPSG:3857' } };
    const value = { type: 'Point', coordinates: [new ExactNumber('1.00000000000000000001'), 2], crs };
    expect(encode(value, '$')).toBe(
      '{"type":"Point","coordinates":[1.00000000000000000001,2],"crs":{"type":"name","properties":{"name":"EPSG:3857"}}}',
    );
  });

  it.each(bad)('%j is none', (value, message) => {
    expect(() => encode(value, '$')).toThrow(refusal(message));
  });

  it('may be a text, which PostGIS reads, but not null', () => {
    expect(encode('{"type": "Point"}', '$')).toBe('{"type": "Point"}');
    expect(() => encodeShape('geography')(null, '$')).toThrow(
      refusal("unexpected null value for type 'geography'", 'validation-failed'),
    );
  });
});

describe('rasters', () => {
  it('are hexadecimal digits in pairs', () => {
    expect(encodeRaster('01fA', '$')).toBe('01fA');
    const reason = 'invalid hexadecimal representation of raster well known binary format';
    expect(() => encodeRaster('01f', '$')).toThrow(refusal(reason));
    expect(() => encodeRaster('xy', '$')).toThrow(refusal(reason));
    expect(() => encodeRaster({ type: 'Point' }, '$')).toThrow(refusal('expecting String for raster'));
    expect(() => encodeRaster(null, '$')).toThrow(
      refusal("unexpected null value for type 'raster'", 'validation-failed'),
    );
  });
});
