import type { CatalogueParts } from './catalogue';
import { assembleFunction } from './functions';
import type { RawCatalogue } from './raw';
import { assembleTables } from './tables';
import { assembleTypes } from './pg-types';

/** Joins the rows of the introspection statement into the catalogue's values. */
export function assemble(raw: RawCatalogue): Omit<CatalogueParts, 'mark'> {
  return {
    serverVersion: raw.serverVersion,
    tables: assembleTables(raw),
    types: assembleTypes(raw),
    functions: raw.functions.map(assembleFunction),
  };
}
