/**
 * What is wrong with the parts of the document that are not about tables: REST endpoints whose addresses or queries
 * do not hold, allow-listed queries that the schema does not know.
 */
import type { Metadata, RestEndpoint } from '@nself/hasura-metadata';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { restEndpointObject, type Model } from '../model';
import { collectionFaults } from './collections';
import type { Inconsistent } from './workspace';

export function documentFaults(metadata: Metadata, model: Model): Inconsistent[] {
  return [...endpointFaults(metadata), ...collectionFaults(metadata, model)];
}

const isVariable = (segment: string) => segment.startsWith(':');
const segmentsOf = (url: string) => url.split('/').filter(segment => segment !== '');

function endpointFaults(metadata: Metadata): Inconsistent[] {
  const endpoints = metadata.rest_endpoints ?? [];
  const single = endpoints.flatMap(endpoint => {
    const reason = endpointFault(endpoint, metadata);
    return reason === undefined ? [] : [{ ...restEndpointObject(endpoint.name, shown(endpoint)), reason }];
  });
  return [...single, ...ambiguities(endpoints, metadata)];
}

function endpointFault({ name, url, definition }: RestEndpoint, metadata: Metadata): string | undefined {
  const segments = segmentsOf(url);
  const variables = segments.filter(isVariable);
  if (new Set(variables).size < variables.length) return `Duplicate variables found in endpoint path: ${url}`;
  if (segments.includes(':')) return `Empty variables not allowed in URL: ${url}`;
  const { collection_name, query_name } = definition.query;
  const text = queryText(metadata, collection_name, query_name);
  const context = `Inconsistent object: in endpoint ${name}: `;
  if (text === undefined) {
    const known = (metadata.query_collections ?? []).some(collection => collection.name === collection_name);
    return (
      context +
      (known
        ? `query with name ${query_name} does not exist`
        : `collection with name ${collection_name} does not exist`)
    );
  }
  return operationFault(text, query_name, context);
}

function operationFault(text: string, query: string, context: string): string | undefined {
  const operations = parse(text).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [only] = operations;
  if (operations.length > 1) return `${context}query with name ${query} has multiple definitions`;
  if (!only) return `${context}query with name ${query} has no definitions`;
  return only.operation === 'subscription'
    ? `${context}query with name ${query} is a subscription`
    : undefined;
}

function queryText(metadata: Metadata, collection: string, query: string): string | undefined {
  const found = (metadata.query_collections ?? []).find(({ name }) => name === collection);
  return found?.definition.queries.find(({ name }) => name === query)?.query;
}

const shown = ({
  definition,
  url,
  methods,
  name,
  comment = null,
}: Omit<RestEndpoint, 'comment'> & { comment?: string | null }) => ({
  definition,
  url,
  methods,
  name,
  comment,
});

/** Two endpoints that one request could mean: same length, same method, and no segment that tells them apart. */
const overlap = (a: RestEndpoint, b: RestEndpoint): boolean => {
  const [left, right] = [segmentsOf(a.url), segmentsOf(b.url)];
  const alike = (segment: string, i: number) =>
    segment === right[i] || isVariable(segment) || isVariable(right[i] ?? '');
  return (
    left.length === right.length && a.methods.some(method => b.methods.includes(method)) && left.every(alike)
  );
};

/** Endpoints that are ambiguous together are told in one fault. */
function ambiguities(endpoints: readonly RestEndpoint[], metadata: Metadata): Inconsistent[] {
  const clusters: RestEndpoint[][] = [];
  for (const endpoint of endpoints) {
    const touching = clusters.filter(cluster => cluster.some(other => overlap(endpoint, other)));
    const rest = clusters.filter(cluster => !touching.includes(cluster));
    clusters.splice(0, clusters.length, ...rest, [...touching.flat(), endpoint]);
  }
  return clusters.filter(({ length }) => length > 1).map(cluster => ambiguity(cluster, metadata));
}

function ambiguity(cluster: readonly RestEndpoint[], metadata: Metadata): Inconsistent {
  const sorted = [...cluster].sort((a, b) => (a.url < b.url ? -1 : 1));
  const conflicts = sorted.map(endpoint => {
    const { collection_name, query_name } = endpoint.definition.query;
    return { ...shown(endpoint), definition: { query: queryText(metadata, collection_name, query_name) } };
  });
  return { reason: `Ambiguous URL paths: ${sorted.map(({ url }) => url).join(', ')}`, conflicts };
}
