import { houseRule } from './rule';
import { cycleThrough } from './import-graph';

const messages = { cycle: 'This file imports itself in the end: {{path}}.' };

/**
 * No import cycles: a knot cannot be read, tested or moved in parts, and what it loads first is an accident. Types may
 * refer to each other (`import type`): a grammar is recursive, and they are gone when the code runs.
 */
export const noCycles = houseRule('No import cycles.', messages, context => ({
  Program(node) {
    const path = cycleThrough(context.filename);
    if (path) context.report({ node, messageId: 'cycle', data: { path: path.join(' -> ') } });
  },
}));
