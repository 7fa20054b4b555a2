import type { Json } from '@nself/hasura-metadata';
import type { Span } from './fault';

/** A template is a value with holes: what it is made of. */
export type Node =
  | Literal
  | { readonly kind: 'text'; readonly parts: readonly Node[]; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly span: Span }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Node])[]; readonly span: Span }
  | { readonly kind: 'path'; readonly root: string; readonly steps: readonly Step[]; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Node; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Node;
      readonly right: Node;
      readonly span: Span;
    }
  | { readonly kind: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node; readonly span: Span }
  | Range;

export interface Literal {
  readonly kind: 'literal';
  readonly value: Json;
  readonly span: Span;
}

/** The body once for every item of a list. */
export interface Range {
  readonly kind: 'range';
  readonly index?: string;
  readonly item: string;
  readonly over: Node;
  readonly body: Node;
  readonly span: Span;
}

/** One step into a value; an optional one ends in null where there is nothing. */
export interface Step {
  readonly key: string | number;
  readonly optional: boolean;
  readonly span: Span;
}

export const operators = ['??', '||', '&&', '==', '!=', '<=', '>=', '<', '>', 'in'] as const;
export type Operator = (typeof operators)[number];
