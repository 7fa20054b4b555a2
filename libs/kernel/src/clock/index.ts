export { Clock, ClockModule, FixedClock } from './clock';
export { momentOf } from './moment';
