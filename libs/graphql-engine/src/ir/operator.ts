/** Names of comparisons; the compiler alone knows how SQL spells them. */
export type Operator =
  | 'eq' | 'ne' | 'gt' | 'lt' | 'gte' | 'lte'
  /** Different, where null differs from everything but null. */
  | 'distinct'
  /** Right side is an array parameter. */
  | 'in' | 'nin'
  | 'like' | 'nlike' | 'ilike' | 'nilike' | 'similar' | 'nsimilar' | 'regex' | 'nregex' | 'iregex' | 'niregex'
  | 'contains' | 'contained-in' | 'has-key' | 'has-keys-all' | 'has-keys-any'
  | 'ancestor' | 'ancestor-any' | 'descendant' | 'descendant-any'
  | 'matches' | 'matches-any' | 'matches-fulltext'
  | 'st-contains' | 'st-crosses' | 'st-equals' | 'st-intersects' | 'st-3d-intersects' | 'st-overlaps' | 'st-touches'
  | 'st-within' | 'st-d-within' | 'st-3d-d-within'
  /** Raster: `rest` holds the geometry or the band. */
  | 'st-intersects-rast' | 'st-intersects-geom-nband' | 'st-intersects-nband-geom';
