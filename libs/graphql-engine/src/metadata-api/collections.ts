import type { Metadata, QueryCollection } from '@nself/hasura-metadata';
import type { Model } from '../model';
import type { Inconsistent } from './workspace';

export function collectionFaults(_metadata: Metadata, _model: Model): Inconsistent[] {
  return [];
}
export type { QueryCollection };
