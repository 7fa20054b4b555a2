export { actorOf, HASURA_CLAIMS } from './claims';
export { KeySource, LocalKeys, RemoteKeys, secretKid, SharedSecrets, type KeyHint } from './key-source';
export { refusalOf, TokenVerifier } from './token-verifier';
