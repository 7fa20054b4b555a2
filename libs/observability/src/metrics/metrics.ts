import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, type Metric } from 'prom-client';
import { HotHistogram } from './hot-histogram';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** The one registry of a process: what `/metrics` shows. */
export const registry = new Registry();

/** Seconds, from one millisecond to half a minute: request and query times fall in here. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Makes a metric, or finds the one that carries this name already: rooms may be loaded twice in one test process. */
function once<M extends Metric>(name: string, make: () => M): M {
  return (registry.getSingleMetric(name) as M | undefined) ?? make();
}

/**
 * Makers of metrics. Names follow Prometheus' habits: `nself_<room>_<what>_<unit>`, counters end in `_total`,
 * durations are in seconds.
 */
export const metrics = {
  counter: <L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
  ): Counter<L> => once(name, () => new Counter<L>({ name, help, labelNames, registers: [registry] })),

  gauge: <L extends string = string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    once(name, () => new Gauge<L>({ name, help, labelNames, registers: [registry] })),

  histogram: <L extends string = string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets: number[] = DURATIONS,
  ): Histogram<L> =>
    once(name, () => new Histogram<L>({ name, help, labelNames, buckets, registers: [registry] })),

  /** For paths on which the cost of observing counts. */
  hotHistogram: <L extends string>(name: string, help: string): HotHistogram<L> => {
    const known = registry.getSingleMetric(name);
    if (known !== undefined) return known as unknown as HotHistogram<L>;
    const made = new HotHistogram<L>({ name, help, buckets: DURATIONS });
    registry.registerMetric(made as unknown as Metric);
    return made;
  },
};

/** Adds what Node itself can tell (memory, event loop delay, handles) to the registry, once. */
export function collectProcessMetrics(): void {
  if (!registry.getSingleMetric('process_cpu_user_seconds_total'))
    collectDefaultMetrics({ register: registry });
}

/** The registry in Prometheus' text format, with the content type to serve it under. */
export async function renderMetrics(): Promise<{ contentType: string; body: string }> {
  return { contentType: registry.contentType, body: await registry.metrics() };
}
