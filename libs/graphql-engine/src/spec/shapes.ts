/** GeoJSON for the specs of PostGIS. */
type Position = readonly number[];

export interface Shape {
  readonly type: string;
  readonly coordinates: unknown;
}

export const point = (...coordinates: Position): Shape => ({ type: 'Point', coordinates });

export const line = (...coordinates: readonly Position[]): Shape => ({ type: 'LineString', coordinates });

/** The rectangle between two corners. */
export const box = ([west = 0, south = 0]: Position, [east = 0, north = 0]: Position): Shape => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ],
  ],
});

/** What is said of every shape in degrees on the way out. */
export const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4326' } };
