export { KeyRates } from './key-rates';
