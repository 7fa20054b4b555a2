export { Catalogue, type CatalogueParts } from './catalogue';
export { readCatalogue, readEnumRows, type CatalogueReader, type EnumRow } from './read';
export type * from './types';
