export { attemptsOf, rootFieldsOf, type Aim, type Attempt } from './attempts';
export { campaign, report, told, totals, type Tally } from './campaign';
export { allOpen, asDeclared, opened, roles, serve, type Served } from './modes';
export { as, neighbourhood, wallsOff, type Neighbourhood, type Pair } from './neighbours';
export { Trial, type Breach } from './trial';
