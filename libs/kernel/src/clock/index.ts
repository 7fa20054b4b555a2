export { Clock, ClockModule, FixedClock } from './clock';
export { A_MOMENT, momentOf } from './moment';
