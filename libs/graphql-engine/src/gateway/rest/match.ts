import type { Metadata, RestEndpoint } from '@nself/hasura-metadata';

export interface Match {
  readonly endpoint: RestEndpoint;
  /** Values of the template's `:name` segments. */
  readonly path: Readonly<Record<string, string>>;
}

/** The endpoints whose template fits a path (without `/api/rest/`), whatever their methods. */
export function matching(
  { rest_endpoints: endpoints = [] }: Pick<Metadata, 'rest_endpoints'>,
  path: string,
): readonly Match[] {
  const asked = path.split('/');
  return endpoints.flatMap(endpoint => {
    const found = fit(endpoint.url.replace(/^\//, '').split('/'), asked);
    return found ? [{ endpoint, path: found }] : [];
  });
}

function fit(template: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  if (template.length !== asked.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const given = asked[index] ?? '';
    if (segment.startsWith(':') && given !== '') values[segment.slice(1)] = decode(given);
    else if (segment !== given) return undefined;
  }
  return values;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
