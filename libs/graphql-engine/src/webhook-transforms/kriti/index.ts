import type { Json } from '@nself/hasura-metadata';
import { evaluate, type Scope } from './evaluate';
import { parseTemplate } from './parse';

export type { Scope } from './evaluate';
export { KritiFault, renderFault } from './fault';
export type { TemplateFunction } from './functions';

/** Fills a template. @throws KritiFault */
export const fillTemplate = (text: string, scope: Scope): Json => evaluate(parseTemplate(text), scope);
