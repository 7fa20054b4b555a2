import { hasDoor, placeOf, targetOf } from './house';
import { eachImport, houseRule } from './rule';

const messages = {
  window:
    'The room {{room}} is entered by its door: import {{door}}, and let its index.ts show what others may use.',
};

/** A room with a door (`index.ts`) is entered by it, so that the room can change behind it. Specs may look inside. */
export const doors = houseRule('A room is entered by its door.', messages, context => {
  const from = placeOf(context.filename);
  if (!from || from.isTest) return {};
  return eachImport((source, node) => {
    const target = targetOf(source, context.filename);
    const inside =
      target?.kind === 'file' ? /^((?:libs|apps)\/[^/]+)\/src\/([^/]+)\/(.+)$/.exec(target.path) : null;
    if (!inside) return;
    const [, unit = '', room = '', file = ''] = inside;
    const isOwn = unit === from.unit && room === from.room;
    if (isOwn || file === 'index' || !hasDoor(unit, room)) return;
    context.report({ node, messageId: 'window', data: { room, door: `.../${room}` } });
  });
});
