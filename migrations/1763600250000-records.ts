import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody takes away, and what a steward decides about others, stands in the trail, by whichever door it came. */
const recorder = `
  -- Arguments: what it is called, its word, and the column that names its author. What it said is not told.
  create function app.record_deletion() returns trigger
    language plpgsql
  as $$
  begin
    -- What goes along with something greater is not told apart.
    if pg_trigger_depth() > 1 then return null; end if;
    perform ops.record(tg_argv[1], old.family_id, tg_argv[0], old.id::text,
      jsonb_build_object('author_id', to_jsonb(old) -> tg_argv[2]),
      jsonb_build_object('for_good', tg_op = 'DELETE'));
    return null;
  end $$;`;

interface Lasting {
  readonly table: string;
  readonly thing: string;
  readonly word: string;
  readonly author: string;
  /** Deleted rows stay for a while, marked with `deleted_at`. */
  readonly stays?: boolean;
}

const byAuthor = { word: 'content.deleted', author: 'author_id', stays: true };
const byMaker = { word: 'content.deleted', author: 'created_by' };

const lasting: Lasting[] = [
  { table: 'posts', thing: 'post', word: 'post.deleted', author: 'author_id', stays: true },
  { table: 'media_items', thing: 'media', word: 'media.deleted', author: 'uploaded_by', stays: true },
  { table: 'albums', thing: 'album', ...byAuthor },
  { table: 'events', thing: 'event', ...byAuthor },
  { table: 'trips', thing: 'trip', ...byAuthor },
  { table: 'recipes', thing: 'recipe', ...byAuthor },
  { table: 'genealogy_profiles', thing: 'person', ...byMaker },
  { table: 'genealogy_unions', thing: 'union', ...byMaker },
  { table: 'conversations', thing: 'conversation', ...byMaker },
  { table: 'legacy_vaults', thing: 'vault', word: 'content.deleted', author: 'owner_id' },
];

const deletions = lasting.flatMap(({ table, thing, word, author, stays }) => {
  const record = `execute function app.record_deletion('${thing}', '${word}', '${author}');`;
  const gone = `create trigger record_deletion after delete on ${table} for each row ${record}`;
  const marked = `create trigger record_marking after update of deleted_at on ${table}
    for each row when (old.deleted_at is null and new.deleted_at is not null) ${record}`;
  return stays ? [gone, marked] : [gone];
});

const stewardship = `
  create trigger audit after insert or update or delete on entitlement_claims
    for each row execute function app.record_change('entitlement_claim', 'entitlement.changed');
  create trigger audit after insert or update or delete on user_app_roles
    for each row execute function app.record_change('app_role', 'member.app_role_changed');
  create trigger audit after update of state on memorial_profiles
    for each row when (old.state <> new.state) execute function app.record_change('memorial', 'memorial.decided');`;

export class Records1763600250000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query([recorder, ...deletions, stewardship].join('\n'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ${['entitlement_claims', 'user_app_roles', 'memorial_profiles'].map(table => `drop trigger audit on ${table};`).join('\n')}
      drop function app.record_deletion() cascade;`);
  }
}
