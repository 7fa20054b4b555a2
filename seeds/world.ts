import { createHash } from 'node:crypto';
import { berger } from './berger';
import { pairDevice } from './device';
import { haddad } from './haddad';
import { expectStatus, Refused, type Services } from './http';
import { Person, type Account } from './person';
import { paint } from './pictures';
import { type Known, resolve } from './references';
import type { Addition, Change, Row, Story, StoryPerson } from './story';

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
export async function loadDemo(services: Services, tell: (what: string) => void): Promise<Demo> {
  const counts: Record<string, number> = {};
  for (const story of stories) {
    const teller = new Storyteller(services, story, counts);
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
    private readonly services: Services,
    private readonly story: Story,
    private readonly counts: Record<string, number>,
  ) {}

  async people(): Promise<void> {
    const [founder, ...others] = this.story.people;
    if (!founder) return;
    const { name, description, timeZone, locale } = this.story;
    const owner = await this.join(founder);
    const json = { name, description, timeZone, locale };
    expectStatus(await owner.call('auth', `/v1/families/${owner.familyId}`, { method: 'PATCH', json }));
    for (const one of others) await this.join(one, () => owner.invite(one.role, one.email));
    if (await pairDevice(this.services, owner, this.story.device)) this.count('devices');
  }

  /** Makes one entry true, unless it is already. */
  async tell(entry: Addition | Change, index: number): Promise<void> {
    this.by = entry.by;
    await ('of' in entry ? this.change(entry) : this.add(entry, index));
  }

  /** Adds a row under an id that follows from its place in the story. */
  private async add({ by, table, row, as }: Addition, index: number): Promise<void> {
    const id = idOf(`${this.person(by).familyId} ${index}`);
    if (as) this.rows.set(as, id);
    if (await this.has(table, id)) return;
    const object = { id, ...(await this.resolved(row)) };
    const query = `mutation ($object: ${table}_insert_input!) { insert_${table}_one(object: $object) { id } }`;
    await this.person(by).graphql(query, { object });
    this.count(table.replaceAll('_', ' '));
  }

  private async change({ by, table, of, set, when }: Change): Promise<void> {
    const query = `mutation ($id: uuid!, $when: ${table}_bool_exp!, $set: ${table}_set_input!) {
      update_${table}(where: {_and: [{id: {_eq: $id}}, $when]}, _set: $set) { affected_rows } }`;
    await this.person(by).graphql(query, { id: found(this.rows, of), when, set: await this.resolved(set) });
  }

  private async resolved(row: Row): Promise<Record<string, unknown>> {
    const known: Known = {
      person: name => this.person(name).id,
      row: name => found(this.rows, name),
      picture: scene => this.picture(scene),
      app: slug => this.app(slug),
    };
    const values: Record<string, unknown> = {};
    for (const [column, value] of Object.entries(row)) values[column] = await resolve(value, known);
    return values;
  }

  private async app(slug: string): Promise<string> {
    const query = 'query ($slug: String!) { apps(where: {slug: {_eq: $slug}}) { id } }';
    const { apps } = await this.person(this.by).graphql<{ apps: { id: string }[] }>(query, { slug });
    return apps[0]?.id ?? '';
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
    const fields = { caption: scene.title };
    const answer = await this.person(this.by).upload(bytes, 'image/jpeg', fields, `${name}.jpg`);
    const { id } = expectStatus(answer).body;
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
      return await Person.signIn(this.services, account);
    } catch (error) {
      if (error instanceof Refused && error.answer.status === 401) return undefined;
      throw error;
    }
  }

  private register(account: Account, invitation?: string): Promise<Person> {
    this.count('people');
    return Person.register(this.services, account, invitation);
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
