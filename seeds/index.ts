/** The demo world, and the people who use a stack from outside. */
export { Person, Refused, type Account, type Addresses } from './person';
export { paint, type Scene } from './pictures';
export { loadDemo, type Demo, type DemoAccount } from './world';
