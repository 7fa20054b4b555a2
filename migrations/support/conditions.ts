/**
 * The words that policies are made of. Each asks the context through a subquery, which Postgres evaluates once per
 * statement and not once per row.
 */
export const me = '(select app.user_id())';
export const admin = '(select app.is_admin())';
export const adult = '(select app.is_adult())';
export const contributor = '(select app.is_contributor())';
export const person = '(select app.is_person())';
export const service = "(select app.role()) = 'service'";

/** Minors publish as far as their parental controls let them. */
export const mayPost = "(select app.minor_may('post'))";

/** What the author made, as long as the role may still make things. */
export const mine = (author: string) => `(${author} = ${me} and ${contributor})`;

/** A row that the reader may see of the parent table: its own policies decide. */
export const within = (table: string, parent: string, column: string) =>
  `exists (select from ${parent} p where p.family_id = ${table}.family_id and p.id = ${table}.${column})`;

/** The same, if it is the reader's own. */
export const withinMine = (table: string, parent: string, column: string, author: string) =>
  `exists (select from ${parent} p
     where p.family_id = ${table}.family_id and p.id = ${table}.${column} and p.${author} = ${me})`;

/** Whether who asks belongs to the family at this moment, whatever the token still says. */
const activeMember = `((select app.is_person()) and (${service} or exists (
    select from family_members m
    where m.family_id = (select app.family_id()) and m.user_id = ${me} and m.state = 'active')))`;

const mahramMode =
  '(select s.mahram_mode from family_settings s where s.family_id = (select app.family_id()))';

/** Whether the author of a row is hidden from who asks by the mahram mode: most families do without, at a glance. */
export const hiddenByMahram = (author = 'author_id') =>
  `(${mahramMode} and ${author} in (select app.hidden_from_me('no_mahram_relationship')))`;

/** The same for parental controls, which speak of minors alone. */
export const hiddenByParents = (author = 'author_id') =>
  `(not ${adult} and ${author} in (select app.hidden_from_me('parental_restriction')))`;

/**
 * The rule of visibility over a row with `author_id`, `visibility` and `deleted_at`.
 *
 * @param audience who is let in when the row is private, besides the author
 * @param author the author's column
 */
export const visible = (audience = 'false', author = 'author_id') => `
  -- As a CASE, because Postgres takes every second row to pass one, and one in a hundred to be in a list of texts: a
  -- feed of twenty would then be sorted out of the whole family instead of read from the end of an index.
  case when
    app.visibility_verdict(deleted_at is not null, ${activeMember}, ${author} = ${me} or ${service}, visibility, ${adult},
      ${audience}, ${hiddenByMahram(author)}, ${hiddenByParents(author)}) in ('author', 'policy_passed')
  then true
  -- What was deleted stays in sight of who may bring it back, or no update could ever mark a row as deleted.
  else deleted_at is not null and (${author} = ${me} or (visibility <> 'private' and ${admin}))
  end`;
