import type { Value } from './story';

/** What the references of a story stand for, by their name. */
export interface Known {
  person(name: string): string;
  row(name: string): string;
  picture(scene: string): Promise<string>;
}

const DAY = 86_400_000;

/** The value that a reference stands for; every other value is itself. See `Story`. */
export async function resolve(value: Value, known: Known, now = new Date()): Promise<Value> {
  const [, kind, name = ''] =
    (typeof value === 'string' && /^@(person|row|picture|day|date):(.+)$/.exec(value)) || [];
  switch (kind) {
    case 'person':
      return known.person(name);
    case 'row':
      return known.row(name);
    case 'picture':
      return known.picture(name);
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
