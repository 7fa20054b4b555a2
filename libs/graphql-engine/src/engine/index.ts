export { Engine, type EngineOptions, type Prepared, type Served } from './engine';
export type { Answer, GraphqlRequest, Surface } from './request';
export { Limits } from './limits';
export { LocalRateCounter, RATE_WINDOW_MS, RateLimit, type RateCounter } from './rate-limit';
export { statementsOf, blame } from './statements';
export { frameOf, assemble, dataOf } from './answer';
export { LocalAnswerStore, type AnswerStore } from './answer-cache';
