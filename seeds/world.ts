import { createHash } from 'node:crypto';
import { berger } from './berger';
import { pairDevice } from './device';
import { haddad } from './haddad';
import { Person, Refused, type Account, type Addresses } from './person';
import { paint } from './pictures';
import { resolve } from './references';
import type { Entry, Story, StoryPerson } from './story';

/** An account of the demo world, to sign in with. */
export interface DemoAccount extends Account {
  readonly family: string;
  readonly role: string;
}

export interface Demo {
  readonly accounts: readonly DemoAccount[];
  /** What was made, by what it is; empty when the world was there already. */
  readonly counts: Readonly<Record<string, number>>;
}

const stories: readonly Story[] = [haddad, berger];

/**
 * Builds the demo world through public HTTP and GraphQL alone: nothing is done that an app could not do. What is there
 * already stays as it is, so that a run that was cut short is completed by the next.
 *
 * @param tell is told what is being made
 */
export async function loadDemo(addresses: Addresses, tell: (what: string) => void): Promise<Demo> {
  const counts: Record<string, number> = {};
  for (const story of stories) {
    const teller = new Storyteller(addresses, story, counts);
    tell(`family ${story.name}`);
    await teller.people();
    tell(`what the family ${story.name} shows and says`);
    for (const [index, entry] of story.entries.entries()) await teller.tell(entry, index);
  }
  return { counts, accounts: stories.flatMap(accountsOf) };
}

function accountsOf({ name: family, password, people }: Story): DemoAccount[] {
  return people.map(({ name, email, role }) => ({ family, role, email, password, displayName: name }));
}

/** Makes one family come true, entry by entry, each by the person who is said to have made it. */
class Storyteller {
  private readonly persons = new Map<string, Person>();
  private readonly rows = new Map<string, string>();
  private readonly pictures = new Map<string, string>();
  private by = '';

  constructor(
    private readonly addresses: Addresses,
    private readonly story: Story,
    private readonly counts: Record<string, number>,
  ) {}

  async people(): Promise<void> {
    const [founder, ...others] = this.story.people;
    if (!founder) return;
    const { name, description, timeZone, locale } = this.story;
    const owner = await this.join(founder);
    await owner.auth('PATCH', `/v1/families/${owner.familyId}`, { name, description, timeZone, locale });
    for (const one of others) await this.join(one, () => owner.invite(one.role, one.email));
    if (await pairDevice(this.addresses, owner, this.story.device)) this.count('devices');
  }

  /** Adds a row under an id that follows from its place in the story, unless it is there already. */
  async tell({ by, table, row, as }: Entry, index: number): Promise<void> {
    this.by = by;
    const id = idOf(`${this.person(by).familyId} ${index}`);
    if (as) this.rows.set(as, id);
    if (await this.has(table, id)) return;
    const known = {
      person: (name: string) => this.person(name).id,
      row: (name: string) => found(this.rows, name),
      picture: (scene: string) => this.picture(scene),
    };
    const object: Record<string, unknown> = { id };
    for (const [column, value] of Object.entries(row)) object[column] = await resolve(value, known);
    const query = `mutation ($object: ${table}_insert_input!) { insert_${table}_one(object: $object) { id } }`;
    await this.person(by).graphql(query, { object });
    this.count(table.replaceAll('_', ' '));
  }

  private async has(table: string, id: string): Promise<boolean> {
    const query = `query ($id: uuid!) { row: ${table}_by_pk(id: $id) { id } }`;
    return (await this.person(this.by).graphql<{ row: object | null }>(query, { id })).row !== null;
  }

  /** The picture of a scene: painted and uploaded once, by whoever shows it first. @returns its media item */
  private async picture(name: string): Promise<string> {
    const scene = this.story.scenes[name];
    const known = this.pictures.get(name);
    if (known || !scene) return known ?? found(this.pictures, name);
    const index = this.pictures.size;
    const bytes = await paint(scene, new Date(Date.UTC(2026, 5 + index, 14, 16, 30)), index);
    const file = { name: `${name}.jpg`, type: 'image/jpeg', bytes };
    const { id } = await this.person(this.by).upload<{ id: string }>(file, { caption: scene.title });
    this.pictures.set(name, id);
    this.count('pictures');
    return id;
  }

  private async join({ name, email }: StoryPerson, invite?: () => Promise<string>): Promise<Person> {
    const account = { email, password: this.story.password, displayName: name };
    const person = (await this.known(account)) ?? (await this.register(account, await invite?.()));
    this.persons.set(name.split(' ')[0] ?? name, person);
    return person;
  }

  private async known(account: Account): Promise<Person | undefined> {
    try {
      return await Person.signIn(this.addresses, account);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return undefined;
      throw error;
    }
  }

  private register(account: Account, invitation?: string): Promise<Person> {
    this.count('people');
    return Person.register(this.addresses, account, invitation);
  }

  private person(name: string): Person {
    return found(this.persons, name);
  }

  private count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

/** An id that is the same for the same text (RFC 9562, version 8). */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return groups.join('-');
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the story names "${name}" before it tells of it`);
  return value;
}
