import { casesOf } from './cases';
import { Refused, Stage, type Cast, type Walls } from './stage';

type Deed = 'post' | 'comment' | 'message';

interface Case {
  controls: 'none' | { can_post?: boolean; can_message?: boolean; screen_hours?: 'open' | 'closed' };
  switched_off?: boolean;
  may: Deed[];
}

const deeds: Record<Deed, string> = {
  post: 'mutation { insert_posts_one(object: {body: "Hello"}) { id } }',
  comment:
    'mutation ($post: uuid!) { insert_post_comments_one(object: {post_id: $post, body: "Nice"}) { id } }',
  message:
    'mutation ($conversation: uuid!) { insert_messages_one(object: {conversation_id: $conversation, content: "Hi"}) { id } }',
};

/** The same past GraphQL, where the rules of the rows stand alone. */
const statements: Record<Deed, string> = {
  post: `insert into posts (family_id, author_id, body) values (app.family_id(), app.user_id(), 'Hello')`,
  comment: `insert into post_comments (family_id, post_id, author_id, body) values (app.family_id(), $1, app.user_id(), 'Nice')`,
  message: `insert into messages (family_id, conversation_id, sender_id, content) values (app.family_id(), $1, app.user_id(), 'Hi')`,
};

describe('parental controls', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  it.each(casesOf<Case>('controls'))('%s', async (_, { controls, switched_off = false, may }) => {
    const cast = await stage.cast({ Mother: 'OWNER', Teen: 'YOUTH_MEMBER' });
    const places = await prepare(cast);
    if (controls !== 'none') await restrict(cast, controls);
    await stage.past('update family_settings set parental_controls = $2 where family_id = $1', [
      cast.id,
      !switched_off,
    ]);
    const wanted = Object.keys(deeds).filter(deed => may.includes(deed as Deed));
    expect(await done(cast, places, 'all')).toEqual(wanted);
    expect(await doneInSql(cast, places)).toEqual(wanted);
    // What permissions say alone knows no clock: hours are for the database to keep.
    const clock = controls !== 'none' && controls.screen_hours !== undefined;
    if (!clock) expect(await done(cast, places, 'permissions')).toEqual(wanted);
  });

  it('are no matter of grown-ups, whatever stands in their name', async () => {
    const cast = await stage.cast({ Mother: 'OWNER', Teen: 'ADULT_MEMBER' });
    await prepare(cast);
    await restrict(cast, { can_post: false, can_message: false });
    expect(await done(cast, await prepare(cast), 'all')).toEqual(['post', 'comment', 'message']);
  });

  /** A post to say something about, and a conversation in which Teen sits. */
  async function prepare(cast: Cast): Promise<Record<string, unknown>> {
    const [post] = await stage.as<{ id: string }>(
      cast,
      'Mother',
      `insert into posts (family_id, author_id, body) values ($1, app.user_id(), 'News') returning id`,
      [cast.id],
    );
    const [conversation] = await stage.as<{ id: string }>(
      cast,
      'Mother',
      `insert into conversations (family_id, type, created_by) values ($1, 'group', app.user_id()) returning id`,
      [cast.id],
    );
    await stage.as(
      cast,
      'Mother',
      'insert into conversation_members (family_id, conversation_id, user_id) values ($1, $2, $3)',
      [cast.id, conversation!.id, cast.people['Teen']!.id],
    );
    return { post: post!.id, conversation: conversation!.id };
  }

  async function restrict(cast: Cast, controls: Exclude<Case['controls'], 'none'>): Promise<void> {
    const { can_post = true, can_message = true, screen_hours } = controls;
    // Hours around the present one, or half a day away from it.
    const hours = { open: [-1, 1], closed: [11, 12] }[screen_hours ?? 'open'];
    await stage.as(
      cast,
      'Mother',
      `insert into parental_controls (family_id, user_id, can_post, can_message, screen_from, screen_until)
       values ($1, $2, $3, $4, case when $5 then (now() at time zone 'UTC' + make_interval(hours => $6))::time end,
                               case when $5 then (now() at time zone 'UTC' + make_interval(hours => $7))::time end)`,
      [cast.id, cast.people['Teen']!.id, can_post, can_message, screen_hours !== undefined, ...hours],
    );
  }

  async function doneInSql(cast: Cast, { post, conversation }: Record<string, unknown>): Promise<string[]> {
    const place: Record<string, unknown[]> = { comment: [post], message: [conversation] };
    return through(([deed, text]) => stage.as(cast, 'Teen', text, place[deed] ?? []), statements);
  }

  async function done(cast: Cast, places: Record<string, unknown>, walls: Walls): Promise<string[]> {
    return through(([, query]) => {
      const names = Object.keys(places).filter(name => query.includes(`$${name}:`));
      const variables = Object.fromEntries(names.map(name => [name, places[name]]));
      return stage.ask(cast, 'Teen', query, variables, walls);
    }, deeds);
  }

  /** The deeds that are not refused. */
  async function through(
    attempt: (deed: [string, string]) => Promise<unknown>,
    of: Record<Deed, string>,
  ): Promise<string[]> {
    const passed: string[] = [];
    for (const deed of Object.entries(of)) {
      try {
        await attempt(deed);
        passed.push(deed[0]);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    return passed;
  }
});
