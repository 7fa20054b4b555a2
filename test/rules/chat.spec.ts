import { casesOf } from './cases';
import { Refused, Stage, type Cast } from './stage';

interface Step {
  who: string;
  says?: string;
  leaves?: boolean;
  reads?: boolean;
  brings?: string;
  brings_back?: string;
  rewrites?: string;
  to?: string;
  deletes?: string;
  refused?: boolean;
}

interface Story {
  story: string;
  members: string[];
  controls?: Record<string, { can_message?: boolean; contacts_only?: boolean; contacts?: string[] }>;
  steps: Step[];
  heard?: Record<string, string[]>;
  unread?: Record<string, number>;
}

describe('conversations', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const stories = casesOf<Story>('chat').map(([, story]) => [story.story, story] as const);

  const told = stories.flatMap(([title, story]) =>
    (['SQL', 'GraphQL'] as const).map(way => [title, way, story] as const),
  );

  it.each(told)('%s (in %s)', async (_, way, { members, controls = {}, steps, heard = {}, unread = {} }) => {
    const cast = await family();
    const conversation = await begin(cast, members);
    for (const [name, rules] of Object.entries(controls)) await restrict(cast, name, rules);

    const go = way === 'SQL' ? take : ask;
    for (const step of steps)
      expect({ ...step, refused: !(await go(cast, conversation, step)) }).toEqual({
        refused: false,
        ...step,
      });

    for (const [name, words] of Object.entries(heard)) {
      expect({ name, words: await heardInSql(cast, conversation, name) }).toEqual({ name, words });
      if (name === 'Kid') continue; // a child has no messages in its schema at all
      for (const walls of ['all', 'permissions'] as const) {
        expect({ name, words: await heardOverGraphql(cast, conversation, name, walls) }).toEqual({
          name,
          words,
        });
      }
    }
    for (const [name, count] of Object.entries(unread)) {
      expect({ name, count: await unreadBy(cast, conversation, name) }).toEqual({ name, count });
    }
  });

  it('of two people there is one, whoever begins it', async () => {
    const cast = await family();
    const [low, high] = [cast.people['Amina']!.id, cast.people['Karim']!.id].sort();
    const direct = (who: string) =>
      stage.as(
        cast,
        who,
        `insert into conversations (family_id, type, created_by, lower_user_id, higher_user_id) values ($1, 'direct', $2, $3, $4)
         returning id`,
        [cast.id, cast.people[who]!.id, low, high],
      );
    const [{ id } = { id: '' }] = await direct('Amina');
    await expect(direct('Karim')).rejects.toMatchObject({ reason: 'one_direct_conversation_per_pair' });
    await expect(direct('Omar')).rejects.toBeInstanceOf(Refused);
    expect(await take(cast, id as string, { who: 'Karim', says: 'Here I am' })).toBe(true);
    expect(await take(cast, id as string, { who: 'Amina', brings: 'Omar' })).toBe(false);
  });

  it('of two people are begun without knowing whose id is lower', async () => {
    const cast = await family();
    const [low, high] = [cast.people['Amina']!.id, cast.people['Karim']!.id].sort();
    const begun = (lower: unknown, higher: unknown) =>
      stage.ask(
        cast,
        'Karim',
        `mutation ($lower: uuid!, $higher: uuid!) {
           insert_conversations_one(object: {type: "direct", lower_user_id: $lower, higher_user_id: $higher}) {
             lower_user_id higher_user_id } }`,
        { lower, higher },
      );
    expect(await begun(high, low)).toEqual({
      insert_conversations_one: { lower_user_id: low, higher_user_id: high },
    });
    await expect(begun(low, high)).rejects.toMatchObject({ reason: 'constraint-violation' });
  });

  it('hear the house itself, whose words nobody can forge', async () => {
    const cast = await family();
    const conversation = await begin(cast, ['Karim']);
    const say = (who: Parameters<Stage['as']>[1], sender: string | null) =>
      stage.as(
        cast,
        who,
        `insert into messages (family_id, conversation_id, sender_id, type, content) values ($1, $2, $3, 'system', 'Karim joined')`,
        [cast.id, conversation, sender],
      );
    await expect(say('Amina', cast.people['Amina']!.id)).rejects.toMatchObject({ reason: '42501' });
    await say({ id: '', role: 'SERVICE' }, null);
    expect(await heardInSql(cast, conversation, 'Karim')).toEqual(['Karim joined']);
  });

  it('come in the order of their last message', async () => {
    const cast = await family();
    const [first, second] = [await begin(cast, ['Karim']), await begin(cast, ['Karim'])];
    await take(cast, second, { who: 'Amina', says: 'a' });
    await take(cast, first, { who: 'Karim', says: 'b' });
    const rows = await stage.as(
      cast,
      'Karim',
      'select id from conversations order by last_message_at desc nulls last',
    );
    expect(rows.map(row => row['id'])).toEqual([first, second]);
  });

  const family = () =>
    stage.cast({
      Amina: 'OWNER',
      Karim: 'ADULT_MEMBER',
      Lina: 'ADULT_MEMBER',
      Omar: 'ADMIN',
      Teen: 'YOUTH_MEMBER',
      Kid: 'CHILD_MEMBER',
    });

  async function begin(cast: Cast, members: string[]): Promise<string> {
    const [row] = await stage.as<{ id: string }>(
      cast,
      'Amina',
      `insert into conversations (family_id, type, title, created_by) values ($1, 'group', 'Us', $2) returning id`,
      [cast.id, cast.people['Amina']!.id],
    );
    for (const name of members) await take(cast, row!.id, { who: 'Amina', brings: name });
    return row!.id;
  }

  /** Whether the step could be taken: an error refuses it, and so does a statement that finds nothing to change. */
  async function take(cast: Cast, conversation: string, step: Step): Promise<boolean> {
    const [text, values] = statement(cast, conversation, step);
    try {
      return (await stage.as(cast, step.who, text, values)).length > 0;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** The same as a client does it. */
  async function ask(cast: Cast, conversation: string, step: Step): Promise<boolean> {
    const field = mutation(step);
    const variables: Record<string, unknown> = { id: conversation };
    if (field.includes('$whom'))
      variables['whom'] = cast.people[step.brings ?? step.brings_back ?? step.who]!.id;
    const needs = Object.keys(variables).map(name => `$${name}: uuid!`);
    const query = `mutation (${needs.join(', ')}) { done: ${field} { affected_rows } }`;
    try {
      const { done } = await stage.ask<{ done: { affected_rows: number } }>(cast, step.who, query, variables);
      return done.affected_rows > 0;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  function mutation({ says, leaves, reads, brings, brings_back, rewrites, to, deletes }: Step): string {
    const seat = (left_at: string) =>
      `update_conversation_members(where: {conversation_id: {_eq: $id}, user_id: {_eq: $whom}}, _set: {left_at: ${left_at}})`;
    const edit = (content: string | undefined, set: string) =>
      `update_messages(where: {conversation_id: {_eq: $id}, content: {_eq: "${content}"}}, _set: {${set}})`;
    if (says !== undefined) return `insert_messages(objects: {conversation_id: $id, content: "${says}"})`;
    if (leaves) return seat(`"${new Date(Date.now() + 50).toISOString()}"`);
    if (brings_back) return seat('null');
    if (brings) return 'insert_conversation_members(objects: {conversation_id: $id, user_id: $whom})';
    if (reads) return 'insert_read_states(objects: {conversation_id: $id})';
    if (rewrites) return edit(rewrites, `content: "${to}"`);
    return edit(deletes, 'deleted_at: "now()"');
  }

  function statement(cast: Cast, conversation: string, step: Step): [string, unknown[]] {
    const me = cast.people[step.who]!.id;
    const seat = `update conversation_members set left_at = $3 where conversation_id = $1 and user_id = $2 returning id`;
    if (step.says !== undefined)
      return [
        `insert into messages (family_id, conversation_id, sender_id, content) values ($1, $2, $3, $4) returning id`,
        [cast.id, conversation, me, step.says],
      ];
    if (step.leaves) return [seat, [conversation, me, new Date(Date.now() + 50)]];
    if (step.brings_back) return [seat, [conversation, cast.people[step.brings_back]!.id, null]];
    if (step.brings)
      return [
        'insert into conversation_members (family_id, conversation_id, user_id) values ($1, $2, $3) returning id',
        [cast.id, conversation, cast.people[step.brings]!.id],
      ];
    if (step.reads)
      return [
        'insert into read_states (family_id, conversation_id, user_id) values ($1, $2, $3) returning id',
        [cast.id, conversation, me],
      ];
    if (step.rewrites)
      return ['update messages set content = $2 where content = $1 returning id', [step.rewrites, step.to]];
    return ['update messages set deleted_at = now() where content = $1 returning id', [step.deletes]];
  }

  async function restrict(
    cast: Cast,
    name: string,
    { contacts = [], ...rules }: NonNullable<Story['controls']>[string],
  ) {
    const user = cast.people[name]!.id;
    const { can_message = true, contacts_only = false } = rules;
    await stage.past(
      'insert into parental_controls (family_id, user_id, can_message, contacts_only) values ($1, $2, $3, $4)',
      [cast.id, user, can_message, contacts_only],
    );
    for (const contact of contacts) {
      await stage.past('insert into parental_contacts (family_id, user_id, contact_id) values ($1, $2, $3)', [
        cast.id,
        user,
        cast.people[contact]!.id,
      ]);
    }
  }

  async function heardInSql(cast: Cast, conversation: string, name: string): Promise<unknown[]> {
    const text = 'select content from messages where conversation_id = $1 order by created_at';
    return (await stage.as(cast, name, text, [conversation])).map(row => row['content']);
  }

  async function heardOverGraphql(
    cast: Cast,
    id: string,
    name: string,
    walls: 'all' | 'permissions',
  ): Promise<unknown[]> {
    const { messages } = await stage.ask<{ messages: { content: string }[] }>(
      cast,
      name,
      'query ($id: uuid!) { messages(where: {conversation_id: {_eq: $id}}, order_by: {created_at: asc}) { content } }',
      { id },
      walls,
    );
    return messages.map(({ content }) => content);
  }

  async function unreadBy(cast: Cast, id: string, name: string): Promise<unknown> {
    const { conversations_by_pk: conversation } = await stage.ask<{
      conversations_by_pk: { unread_count: unknown };
    }>(cast, name, 'query ($id: uuid!) { conversations_by_pk(id: $id) { unread_count } }', { id });
    return Number(conversation.unread_count);
  }
});
