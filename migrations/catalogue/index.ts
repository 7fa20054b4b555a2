export { schemaSnapshot } from './dump';
export { crossings, familyless } from './exceptions';
export { tenancyFaults, type TenancyFault } from './faults';
