import { demoFamilies, type DemoFamily, type Member, type Post } from './families';
import { Person, type Account, type Addresses } from './person';
import { paint } from './pictures';

/** An account of the demo world, to sign in with. */
export interface DemoAccount extends Account {
  readonly family: string;
  readonly role: string;
}

export interface Demo {
  readonly accounts: readonly DemoAccount[];
  /** What was made, by what it is. */
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Builds the demo world through public HTTP and GraphQL alone: nothing is done that an app could not do.
 *
 * @param passwordFor gives everybody a password: the demo knows none of its own
 * @param tell is told what is being made
 */
export async function loadDemo(
  addresses: Addresses,
  passwordFor: () => string,
  tell: (what: string) => void,
): Promise<Demo> {
  const accounts: DemoAccount[] = [];
  const counts: Record<string, number> = {};
  for (const family of demoFamilies) {
    const builder = new FamilyBuilder(addresses, family, passwordFor, counts);
    tell(`family ${family.name}`);
    await builder.people();
    await builder.kin();
    tell(`pictures and posts of ${family.name}`);
    await builder.posts();
    await builder.albums();
    accounts.push(...builder.accounts);
  }
  return { accounts, counts };
}

class FamilyBuilder {
  readonly accounts: DemoAccount[] = [];
  private readonly byName = new Map<string, Person>();
  private readonly pictures = new Map<string, string>();

  constructor(
    private readonly addresses: Addresses,
    private readonly family: DemoFamily,
    private readonly passwordFor: () => string,
    private readonly counts: Record<string, number>,
  ) {}

  async people(): Promise<void> {
    const [founder, ...others] = this.family.members;
    if (!founder) return;
    const { name, timeZone, locale } = this.family;
    const owner = await this.join(founder);
    await owner.auth('PATCH', `/v1/families/${owner.familyId}`, { name, timeZone, locale });
    for (const member of others) await this.join(member, await owner.invite(member.role, member.email));
  }

  async kin(): Promise<void> {
    const owner = this.family.members[0]?.name.split(' ')[0] ?? '';
    for (const [who, type, of] of this.family.kin) {
      await this.insert(owner, 'relationships', {
        user_id: this.person(who).id,
        relative_id: this.person(of).id,
        type,
        is_mahram: true,
      });
    }
  }

  async posts(): Promise<void> {
    for (const [index, post] of this.family.posts.entries()) await this.post(post, index);
  }

  async albums(): Promise<void> {
    for (const { title, by, scenes } of this.family.albums) {
      const album = await this.insert(by, 'albums', { title, visibility: 'family' });
      for (const [position, scene] of scenes.entries()) {
        const media_item_id = await this.picture(by, scene, position);
        await this.insert(by, 'album_items', { album_id: album, media_item_id, position });
      }
    }
  }

  private async post(
    { by, body, visibility, scene, comments = [], reactions = [] }: Post,
    index: number,
  ): Promise<void> {
    const type = scene ? 'photo' : 'text';
    const post_id = await this.insert(by, 'posts', { type, body, visibility });
    if (scene) {
      const media_item_id = await this.picture(by, scene, index);
      await this.insert(by, 'post_assets', { post_id, media_item_id, position: 0 });
    }
    for (const [author, text] of comments)
      await this.insert(author, 'post_comments', { post_id, body: text });
    for (const [author, emoji] of reactions) await this.insert(author, 'post_reactions', { post_id, emoji });
  }

  /** The picture of a scene: painted and uploaded once. @returns its media item. */
  private async picture(by: string, name: string, index: number): Promise<string> {
    const known = this.pictures.get(name);
    const scene = this.family.scenes[name];
    if (known || !scene) return known ?? '';
    const takenAt = new Date(Date.UTC(2026, 5 + index, 14, 16, 30));
    const bytes = await paint(scene, takenAt, index);
    const file = { name: `${name}.jpg`, type: 'image/jpeg', bytes };
    const { id } = await this.person(by).upload<{ id: string }>(file, { caption: scene.title });
    this.pictures.set(name, id);
    this.count('media items');
    return id;
  }

  private async join({ name, email, role }: Member, invitation?: string): Promise<Person> {
    const account = { email, password: this.passwordFor(), displayName: name };
    const person = await Person.register(this.addresses, account, invitation);
    this.byName.set(name.split(' ')[0] ?? name, person);
    this.accounts.push({ ...account, family: this.family.name, role });
    this.count('people');
    return person;
  }

  private async insert(by: string, table: string, object: object): Promise<string> {
    const query = `mutation ($object: ${table}_insert_input!) { insert_${table}_one(object: $object) { id } }`;
    const data = await this.person(by).graphql<Record<string, { id: string } | null>>(query, { object });
    this.count(table.replaceAll('_', ' '));
    return data[`insert_${table}_one`]?.id ?? '';
  }

  private person(name: string): Person {
    const person = this.byName.get(name);
    if (!person) throw new Error(`nobody is called ${name} in the family ${this.family.name}`);
    return person;
  }

  private count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}
