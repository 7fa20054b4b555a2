/** How often values of one set of labels fell under each bound. */
export interface HotSeries {
  observe(value: number): void;
}

interface Options {
  readonly name: string;
  readonly help: string;
  /** Upper bounds, rising. */
  readonly buckets: readonly number[];
}

/**
 * A histogram for a path that is walked thousands of times a second. prom-client puts the labels of a value into words
 * whenever it observes one, and that takes longer than all the rest of it; here they are put into words when somebody
 * asks. A registry of prom-client takes it for one of its own, and shows the same.
 */
export class HotHistogram<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly series = new Map<string, Series<L>>();

  constructor(private readonly options: Options) {
    this.name = options.name;
    this.help = options.help;
  }

  /** The series of these labels; whoever counts often asks for it once and keeps it. */
  labels(labels: Readonly<Record<L, string>>): HotSeries {
    const key = JSON.stringify(labels);
    const series = this.series.get(key) ?? new Series(labels, this.options.buckets);
    this.series.set(key, series);
    return series;
  }

  /** What a registry asks for. */
  get(): object {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: this.all().flatMap(one => one.values(name)) };
  }

  reset(): void {
    for (const series of this.all()) series.reset();
  }

  private all(): readonly Series<L>[] {
    return [...this.series.values()];
  }
}

class Series<L extends string> implements HotSeries {
  private readonly buckets: readonly { readonly bound: number; count: number }[];
  private sum = 0;

  constructor(
    private readonly labels: Readonly<Record<L, string>>,
    bounds: readonly number[],
  ) {
    this.buckets = [...bounds, Infinity].map(bound => ({ bound, count: 0 }));
  }

  observe(value: number): void {
    this.sum += value;
    for (const bucket of this.buckets) if (value <= bucket.bound) return void bucket.count++;
  }

  /** Each bucket counts all that lies under its bound, as Prometheus wants it. */
  values(name: string): object[] {
    const { labels } = this;
    let under = 0;
    const buckets = this.buckets.map(({ bound, count }) => {
      under += count;
      const le = bound === Infinity ? '+Inf' : bound;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: under };
    });
    const sum = { metricName: `${name}_sum`, labels, value: this.sum };
    return [...buckets, sum, { metricName: `${name}_count`, labels, value: under }];
  }

  reset(): void {
    for (const bucket of this.buckets) bucket.count = 0;
    this.sum = 0;
  }
}
