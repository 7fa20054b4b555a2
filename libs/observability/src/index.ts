/**
 * What the house can tell about itself: logs, metrics, traces. Emits facts, depends on nobody, and nobody's work
 * stops when no one listens.
 */
export { logger, setLogLevel, type Logger } from './log/logger';
export type { HotHistogram, HotSeries } from './metrics/hot-histogram';
export {
  collectProcessMetrics,
  metrics,
  registry,
  renderMetrics,
  type Counter,
  type Gauge,
  type Histogram,
} from './metrics/metrics';
export {
  currentTrace,
  formatTraceparent,
  newTrace,
  parseTraceparent,
  runWithTrace,
  stopFollowingTraces,
  type Trace,
} from './trace/trace';
