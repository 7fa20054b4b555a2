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

/** Whether the author of a row is hidden from who asks, by the mahram mode or by parental controls. */
export const hidden = (author = 'author_id') => `${author} = any ((select app.hidden_from_me())::uuid[])`;

/** By parental controls alone, which speak of minors. */
export const hiddenByParents = (author: string) =>
  `(not ${adult} and ${author} in (
    select h.person_id from app.hidden_people_from_me() h where h.reason = 'parental_restriction'))`;

/**
 * What an adult sees without a second look: where nobody is hidden from anybody, all but what is private. It is one
 * look at two rows, once per statement, and spares nearly every row the whole rule.
 */
const atAGlance = `(select '{family,public,adults_only}'::text[]
    from   family_members m
    join   family_settings s on s.family_id = m.family_id
    where  m.user_id = ${me} and m.state = 'active' and not s.mahram_mode and app.is_adult())`;

/**
 * The rule of visibility over a row with `author_id`, `visibility` and `deleted_at`.
 *
 * Its parts stand as subqueries that look at no row: Postgres evaluates those once per statement, and only those that
 * a row needs. It is a CASE, because Postgres takes every second row to pass one, and one in a hundred to be in a list
 * of texts: a feed of twenty would then be sorted out of the whole family instead of read from the end of an index.
 *
 * @param audience who is let in when the row is private, besides the author
 * @param author the author's column
 */
export const visible = (audience = 'false', author = 'author_id') => `
  case
    -- What was deleted stays in sight of who may bring it back, or no update could ever mark a row as deleted.
    when deleted_at is not null then ${author} = ${me} or (visibility <> 'private' and ${admin})
    when visibility = any (${atAGlance}::text[]) then true
    else app.visibility_verdict(false, (select app.is_active_member()), ${author} = ${me} or ${service}, visibility,
           ${adult}, ${audience}, ${hidden(author)}, false) in ('author', 'policy_passed')
  end`;
