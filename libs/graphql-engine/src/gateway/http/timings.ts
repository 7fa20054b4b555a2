import { metrics, type HotSeries } from '@nself/observability';

type Labels = 'route' | 'status';

const seconds = metrics.hotHistogram<Labels>(
  'nself_graphql_request_seconds',
  'Time from request to answer, by route.',
);

/** By status, for one route. */
export type Timers = Map<number, HotSeries>;

/** Counts one answered request; the labels of a route are looked up once. */
export function observe(route: { name: string; timers: Timers }, status: number, milliseconds: number): void {
  const timer = route.timers.get(status) ?? timerOf(route, status);
  timer.observe(milliseconds / 1000);
}

function timerOf({ name, timers }: { name: string; timers: Timers }, status: number): HotSeries {
  const timer = seconds.labels({ route: name, status: String(status) });
  timers.set(status, timer);
  return timer;
}
