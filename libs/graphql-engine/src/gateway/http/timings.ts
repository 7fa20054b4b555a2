import { metrics, type Histogram } from '@nself/observability';

type Labels = 'route' | 'status';

const seconds: Histogram<Labels> = metrics.histogram(
  'nself_graphql_request_seconds',
  'Time from request to answer, by route.',
  ['route', 'status'],
);

const bound = new Map<string, ReturnType<Histogram<Labels>['labels']>>();

/** Counts one answered request; the labels of a route are looked up once. */
export function observe(route: string, status: number, milliseconds: number): void {
  const key = `${status}${route}`;
  let timer = bound.get(key);
  if (timer === undefined) bound.set(key, (timer = seconds.labels({ route, status: String(status) })));
  timer.observe(milliseconds / 1000);
}
