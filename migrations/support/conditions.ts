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

/** What the author made, as long as the role may still make things. */
export const mine = (author: string) => `(${author} = ${me} and ${contributor})`;

/** A row that the reader may see of the parent table: its own policies decide. */
export const within = (table: string, parent: string, column: string) =>
  `exists (select from ${parent} p where p.family_id = ${table}.family_id and p.id = ${table}.${column})`;

/** The same, if it is the reader's own. */
export const withinMine = (table: string, parent: string, column: string, author: string) =>
  `exists (select from ${parent} p
     where p.family_id = ${table}.family_id and p.id = ${table}.${column} and p.${author} = ${me})`;

/** Whether the author of a row is hidden from who asks, for one of the reasons of `hidden_people`. */
export const hiddenBy = (reason: string, author = 'author_id') =>
  `${author} in (select app.hidden_from_me('${reason}'))`;

/**
 * The rule of visibility over a row with `author_id`, `visibility` and `deleted_at`.
 *
 * @param audience who is let in when the row is private, besides the author
 * @param author the author's column
 */
export const visible = (audience = 'false', author = 'author_id') => `
  app.visibility_verdict(deleted_at is not null, (select app.is_active_member()), ${author} = ${me} or ${service}, visibility, ${adult},
    ${audience}, ${hiddenBy('no_mahram_relationship', author)}, ${hiddenBy('parental_restriction', author)})
    in ('author', 'policy_passed')
  -- What was deleted stays in sight of who may bring it back, or no update could ever mark a row as deleted.
  or (deleted_at is not null and (${author} = ${me} or (visibility <> 'private' and ${admin})))`;
