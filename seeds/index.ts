/** The demo world, and the people who use a stack from outside. */
export { expectStatus, Refused, send, type Answer, type Call, type Services } from './http';
export { Person, type Account } from './person';
export { paint, type Scene } from './pictures';
export { loadDemo, type Demo, type DemoAccount } from './world';
