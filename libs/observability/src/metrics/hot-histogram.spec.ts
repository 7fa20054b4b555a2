import { Histogram, Registry, type Metric } from 'prom-client';
import { HotHistogram } from './hot-histogram';

const shape = { name: 'spec_seconds', help: 'Of a spec.', buckets: [0.01, 0.1, 1] };
const labels = { route: '/v1/graphql', status: '200' };

it('shows what a histogram of prom-client shows', async () => {
  const [theirs, ours] = [new Registry(), new Registry()];
  const plain = new Histogram({ ...shape, labelNames: ['route', 'status'], registers: [theirs] });
  const hot = new HotHistogram<'route' | 'status'>(shape);
  ours.registerMetric(hot as unknown as Metric);
  for (const value of [0, 0.01, 0.02, 0.1, 0.5, 1, 7]) {
    plain.labels(labels).observe(value);
    hot.labels(labels).observe(value);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
  expect(await ours.metrics()).toContain('spec_seconds_bucket{le="1",route="/v1/graphql",status="200"} 6');
  ours.resetMetrics();
  expect(await ours.metrics()).toContain('spec_seconds_count{route="/v1/graphql",status="200"} 0');
});
