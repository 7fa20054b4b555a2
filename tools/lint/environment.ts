import { placeOf } from './house';
import { houseRule } from './rule';

const messages = {
  environment:
    'Only the kernel reads process.env: declare a setting with defineSettings and have it injected.',
};

/** Who stands outside of the services: they hand an environment on to the processes that they start. */
const LAUNCHERS = ['apps/cli', 'libs/dev-stack', 'test', 'tools'];

/** A setting that is read anywhere is documented nowhere and validated never. */
export const environment = houseRule('Only the kernel reads the environment.', messages, context => {
  const place = placeOf(context.filename);
  if (!place || place.isTest || place.unit === 'libs/kernel' || LAUNCHERS.includes(place.unit)) return {};
  return {
    'MemberExpression[object.name="process"][property.name="env"]'(node) {
      context.report({ node, messageId: 'environment' });
    },
    'ImportDeclaration[source.value=/^(node:)?process$/]'(node) {
      context.report({ node, messageId: 'environment' });
    },
  };
});
