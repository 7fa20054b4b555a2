export { attemptsOn, rootFieldsOf, type Aim, type Attempt } from './attempts';
export { campaign, type Tally } from './campaign';
export {
  droppedWalls,
  narrowedKeys,
  rulesOpened,
  spread,
  whileDamaged,
  widenedWalls,
  type Change,
  type Damage,
  type NarrowedKey,
} from './damage';
export { Ear, protocols, type Protocol } from './ear';
export { Stagehand } from './happenings';
export { THEIRS } from './markers';
export { allOpen, asDeclared, roles, serve, type Served } from './modes';
export {
  as,
  fill,
  neighbourhood,
  wallsOff,
  type Household,
  type Neighbourhood,
  type Pair,
  type World,
} from './neighbours';
export { report, summary, told, totals } from './report';
export { sessionFor, Trial, type Breach } from './trial';
