/**
 * What the key of a machine may be used for, within what its role may do: `read` and `write` over GraphQL and REST,
 * `files` for the bytes of files (with `write` to add some), `audit` for the trail.
 */
export const SCOPES = ['read', 'write', 'files', 'audit'] as const;

export type Scope = (typeof SCOPES)[number];

export const isScope = (word: string): word is Scope => SCOPES.some(each => each === word);
