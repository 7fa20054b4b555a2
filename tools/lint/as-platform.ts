import { placeOf } from './house';
import { houseRule, memberName } from './rule';

const messages = {
  unlisted:
    'This file may not work over all families. If it must, add it to tools/lint/as-platform.ts with the reason.',
};

/** The files that may work over all families, and why they must. */
export const PLATFORM_FILES: Readonly<Record<string, string>> = {
  'libs/media/src/ledger/sweeper.ts':
    'objects that were half written belong to no running request, of any family',
};

/** The way past the walls has a list of those who take it. */
export const asPlatform = houseRule('asPlatform has a list of callers.', messages, context => {
  const place = placeOf(context.filename);
  if (!place || place.isTest || place.unit === 'libs/tenancy' || PLATFORM_FILES[place.path]) return {};
  return {
    MemberExpression(node) {
      if (memberName(node) === 'asPlatform') context.report({ node, messageId: 'unlisted' });
    },
    'Property[key.name="asPlatform"]'(node) {
      context.report({ node, messageId: 'unlisted' });
    },
  };
});
