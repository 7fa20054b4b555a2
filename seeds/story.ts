import type { StoryDevice } from './device';
import type { Scene } from './pictures';

/**
 * A family of the demo world as data: who belongs to it, and what they write, in order. Values may refer:
 * `@person:Amal` is a person's id, `@row:feast` the row that was called so, `@picture:garden` the media item of a painted
 * scene, `@app:chat` an app, `@day:+3 18:00` a moment in UTC counted from today, `@hour:+6` one counted from now,
 * `@date:-2` a date.
 */
export interface Story {
  readonly name: string;
  readonly description: string;
  readonly timeZone: string;
  readonly locale: string;
  /** Everybody signs in with it: the demo world is no secret, and is never loaded in production. */
  readonly password: string;
  /** The first founds the family and invites the others. */
  readonly people: readonly StoryPerson[];
  /** What hangs on the wall. */
  readonly device: StoryDevice;
  readonly scenes: Readonly<Record<string, Scene>>;
  readonly entries: readonly Entry[];
}

export interface StoryPerson {
  readonly name: string;
  readonly email: string;
  readonly role: 'OWNER' | 'ADMIN' | 'ADULT_MEMBER' | 'YOUTH_MEMBER' | 'CHILD_MEMBER';
}

export type Value = string | number | boolean | null | { readonly [name: string]: string };
export type Row = Readonly<Record<string, Value>>;
export type Entry = Addition | Change;

/** A row that somebody adds through GraphQL. */
export interface Addition {
  readonly by: string;
  readonly table: string;
  readonly row: Row;
  /** The name by which later entries refer to it. */
  readonly as?: string;
}

/** What somebody changes about an earlier row, while it still is as `when` says: once, however often it is told. */
export interface Change {
  readonly by: string;
  readonly table: string;
  readonly of: string;
  readonly set: Row;
  /** A condition as GraphQL takes it. */
  readonly when: object;
}

/** `by` adds a row to `table`. */
export function adds(by: string, table: string, row: Row, as?: string): Addition {
  return { by, table, row, as };
}

/** `by` changes the row that was called `of`. */
export function changes(by: string, table: string, of: string, set: Row, when: object): Change {
  return { by, table, of, set, when };
}

/** A post with the picture of a scene, what others said to it, and how they felt about it. */
export function shows(
  by: string,
  body: string,
  scene: string,
  {
    comments = {},
    reactions = {},
  }: { comments?: Record<string, string>; reactions?: Record<string, string> } = {},
): Entry[] {
  const post = `post ${body}`;
  const post_id = `@row:${post}`;
  return [
    adds(by, 'posts', { type: 'photo', body, visibility: 'family' }, post),
    adds(by, 'post_assets', { post_id, media_item_id: `@picture:${scene}`, position: 0 }),
    ...Object.entries(comments).map(([who, text]) => adds(who, 'post_comments', { post_id, body: text })),
    ...Object.entries(reactions).map(([who, emoji]) => adds(who, 'post_reactions', { post_id, emoji })),
  ];
}

/** A conversation of several, and what is said in it. */
export function talk(
  title: string,
  members: readonly string[],
  said: readonly (readonly [string, string])[],
): Entry[] {
  const [founder = '', ...others] = members;
  const conversation_id = `@row:${title}`;
  return [
    adds(founder, 'conversations', { type: 'group', title }, title),
    ...others.map(who =>
      adds(founder, 'conversation_members', { conversation_id, user_id: `@person:${who}` }),
    ),
    ...said.map(([who, content]) => adds(who, 'messages', { conversation_id, type: 'text', content })),
  ];
}

/** A recipe with what goes into it and how it is done. */
export function cooks(
  by: string,
  recipe: Row & { readonly title: string },
  ingredients: readonly (readonly [amount: number | null, unit: string | null, name: string])[],
  steps: readonly string[],
): Entry[] {
  const recipe_id = `@row:${recipe.title}`;
  return [
    adds(by, 'recipes', recipe, recipe.title),
    ...ingredients.map(([amount, unit, name], position) =>
      adds(by, 'recipe_ingredients', { recipe_id, position, amount, unit, name }),
    ),
    ...steps.map((text, position) => adds(by, 'recipe_steps', { recipe_id, position, text })),
  ];
}

/** Who is whose what: the first is the `type` of the second. The database adds the other direction. */
export function kin(
  by: string,
  ties: readonly (readonly [who: string, type: string, of: string])[],
): Entry[] {
  return ties.map(([who, type, of]) =>
    adds(by, 'relationships', { user_id: `@person:${who}`, relative_id: `@person:${of}`, type }),
  );
}

/** An album of scenes, in order. */
export function collects(by: string, title: string, scenes: readonly string[]): Entry[] {
  return [
    adds(by, 'albums', { title, visibility: 'family' }, title),
    ...scenes.map((scene, position) =>
      adds(by, 'album_items', { album_id: `@row:${title}`, media_item_id: `@picture:${scene}`, position }),
    ),
  ];
}

/** A person of the tree, under a name of their own. */
export function ancestor(by: string, as: string, row: Row): Addition {
  return adds(by, 'genealogy_profiles', row, as);
}

/** Two people of the tree and their children, eldest first. */
export function couple(
  by: string,
  [husband, wife]: readonly [husband: string, wife: string],
  row: Row,
  children: readonly string[],
): Addition[] {
  const union = `${husband} and ${wife}`;
  return [
    adds(by, 'genealogy_unions', { husband_id: `@row:${husband}`, wife_id: `@row:${wife}`, ...row }, union),
    ...children.map((child, position) =>
      adds(by, 'genealogy_children', { union_id: `@row:${union}`, child_id: `@row:${child}`, position }),
    ),
  ];
}
