export { Clock, ClockModule, FixedClock } from './clock';
