import type { Value } from './story';

/** What the references of a story stand for, by their name. */
export interface Known {
  person(name: string): string;
  row(name: string): string;
  picture(scene: string): Promise<string>;
  app(slug: string): Promise<string>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The value that a reference stands for; every other value is itself. See `Story`. */
export async function resolve(value: Value, known: Known, now = new Date()): Promise<Value> {
  const [, kind, name = ''] =
    (typeof value === 'string' && /^@(person|row|picture|app|day|hour|date):(.+)$/.exec(value)) || [];
  switch (kind) {
    case 'person':
      return known.person(name);
    case 'row':
      return known.row(name);
    case 'picture':
      return known.picture(name);
    case 'app':
      return known.app(name);
    case 'hour':
      return new Date(now.getTime() + Number(name) * HOUR).toISOString();
    case 'day':
      return momentOf(name, now);
    case 'date':
      return new Date(now.getTime() + Number(name) * DAY).toISOString().slice(0, 10);
    default:
      return value;
  }
}

/** `+3 18:00`: three days from today, at 18:00 UTC. */
function momentOf(text: string, now: Date): string {
  const [days = '0', time = '00:00'] = text.split(' ');
  return `${new Date(now.getTime() + Number(days) * DAY).toISOString().slice(0, 10)}T${time}:00Z`;
}
