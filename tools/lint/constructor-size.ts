import { houseRule } from './rule';

const MOST = 6;

const messages = {
  many: 'This constructor takes {{count}} things; more than {{most}} say that the class does too much.',
};

/** What a class needs says what it does. */
export const constructorSize = houseRule('Constructors take six things at most.', messages, context => ({
  'MethodDefinition[kind="constructor"]'(node: { value: { params: unknown[] } }) {
    const count = node.value.params.length;
    if (count > MOST) context.report({ node: node as never, messageId: 'many', data: { count, most: MOST } });
  },
}));
