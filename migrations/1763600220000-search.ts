import type { MigrationInterface, QueryRunner } from 'typeorm';
import { crossFamilies, protectTenantTable, service } from './support';

/**
 * Search under row level security.
 *
 * Full text and trigram operators are not leakproof, so below a policy Postgres may not use an index for them: the same
 * search was measured 38 times slower. Marking them leakproof needs a superuser at installation and is a promise about
 * code that is not ours. Hence the other way: a definer function looks into the index for its reader's family only and
 * hands out ids and ranks; the caller joins them to `search_index` under its policies, which ask the things themselves
 * whether they can be seen. So a hit passes the same visibility as everywhere, and there is nothing to keep in step.
 */
const index = `
  -- Arabic without vowel marks and with one form of alef, ya and ta marbuta; everything lower case and without accents.
  create function app.fold(word text) returns text
    language sql immutable parallel safe
    return lower(public.unaccent('public.unaccent',
      translate(
        regexp_replace(normalize(coalesce(word, ''), nfkc), '[\\u064B-\\u065F\\u0670\\u0640]', '', 'g'),
        'أإآٱىةؤئ', 'اااايهوي')));

  create function app.text_configuration(locale text) returns regconfig
    language sql immutable parallel safe
    return case left(locale, 2)
      when 'ar' then 'pg_catalog.arabic'  when 'da' then 'pg_catalog.danish'  when 'de' then 'pg_catalog.german'
      when 'en' then 'pg_catalog.english' when 'es' then 'pg_catalog.spanish' when 'fr' then 'pg_catalog.french'
      when 'it' then 'pg_catalog.italian' when 'nl' then 'pg_catalog.dutch'   when 'pt' then 'pg_catalog.portuguese'
      when 'ru' then 'pg_catalog.russian' when 'sv' then 'pg_catalog.swedish' when 'tr' then 'pg_catalog.turkish'
      else 'pg_catalog.simple'
    end::regconfig;

  create table search_index (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    kind        text        not null
                constraint search_kind_known check (kind in ('post', 'media', 'album', 'event', 'recipe', 'trip', 'person')),
    content_id  uuid        not null,
    title       text        not null default '',
    body        text        not null default '',
    language    text        not null default 'en',
    folded      text        generated always as (app.fold(title || ' ' || body)) stored,
    document    tsvector    generated always as (
                  setweight(to_tsvector('pg_catalog.simple', app.fold(title)), 'A')
                  || setweight(to_tsvector('pg_catalog.simple', app.fold(body)), 'B')
                  || setweight(to_tsvector(app.text_configuration(language), app.fold(title || ' ' || body)), 'C')) stored,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint everything_is_found_once unique (family_id, kind, content_id)
  );
  comment on table search_index is
    'The words of everything that can be found. Who finds it is up to the thing itself.';
  create index search_index_words    on search_index using gin (family_id, document);
  create index search_index_trigrams on search_index using gin (family_id, folded gin_trgm_ops);`;

const keeping = `
  -- Arguments: kind, then an expression of columns for the title, then for the body, each joined by "+".
  create function app.index_for_search() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  declare
    gone  jsonb := to_jsonb(old);
    row_  jsonb := to_jsonb(new);
    title text;
    body  text;
  begin
    if tg_op = 'DELETE' or row_ ->> 'deleted_at' is not null then
      delete from public.search_index s
      where  s.family_id = (coalesce(row_, gone) ->> 'family_id')::uuid and s.kind = tg_argv[0]
      and    s.content_id = (coalesce(row_, gone) ->> 'id')::uuid;
      return null;
    end if;
    select coalesce(string_agg(row_ ->> c, ' ' order by o), '') into title
    from unnest(string_to_array(tg_argv[1], '+')) with ordinality u(c, o);
    select coalesce(string_agg(row_ ->> c, ' ' order by o), '') into body
    from unnest(string_to_array(tg_argv[2], '+')) with ordinality u(c, o);
    insert into public.search_index as s (family_id, kind, content_id, title, body, language)
    select f.id, tg_argv[0], (row_ ->> 'id')::uuid, title, body, f.locale
    from   public.families f where f.id = (row_ ->> 'family_id')::uuid
    on conflict on constraint everything_is_found_once
      do update set title = excluded.title, body = excluded.body, language = excluded.language
      where (s.title, s.body, s.language) is distinct from (excluded.title, excluded.body, excluded.language);
    return null;
  end $$;

  create trigger search after insert or delete or update of body, deleted_at on posts
    for each row execute function app.index_for_search('post', '', 'body');
  create trigger search after insert or delete or update of caption, place, camera_model, deleted_at on media_items
    for each row execute function app.index_for_search('media', 'caption', 'place+camera_model');
  create trigger search after insert or delete or update of title, description, deleted_at on albums
    for each row execute function app.index_for_search('album', 'title', 'description');
  create trigger search after insert or delete or update of title, description, location, deleted_at on events
    for each row execute function app.index_for_search('event', 'title', 'description+location');
  create trigger search after insert or delete or update of title, description, cuisine, deleted_at on recipes
    for each row execute function app.index_for_search('recipe', 'title', 'description+cuisine');
  create trigger search after insert or delete or update of title, description, destination, deleted_at on trips
    for each row execute function app.index_for_search('trip', 'title', 'description+destination');
  create trigger search after insert or delete or update on genealogy_profiles
    for each row execute function app.index_for_search(
      'person', 'given_names+surname+maiden_name+nickname', 'birth_place+death_place+biography');

  -- A family that changes its language finds what it wrote before in the new one too.
  create function app.index_in_new_language() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  begin
    update public.search_index s set language = new.locale where s.family_id = new.id and s.language <> new.locale;
    return null;
  end $$;
  create trigger search after update of locale on families
    for each row when (old.locale <> new.locale) execute function app.index_in_new_language();`;

const asking = `
  -- The words as they stand and as the language inflects them. Beginnings of words too, unless quotes or minus signs
  -- say precisely what is meant.
  create function app.search_query(words text, locale text) returns tsquery
    language sql stable parallel safe
    return websearch_to_tsquery('pg_catalog.simple', app.fold(words))
           || websearch_to_tsquery(app.text_configuration(locale), app.fold(words))
           || coalesce((select to_tsquery('pg_catalog.simple', string_agg(quote_literal(w) || ':*', ' & '))
                        from regexp_split_to_table(app.fold(words), '[^[:alnum:]]+') w
                        where w <> '' and words !~ '["-]'), ''::tsquery);

  create function app.search_candidates(words text, kinds text[], most integer)
    returns table (id uuid, rank real)
    language plpgsql stable security definer
    set search_path = pg_catalog, public, pg_temp set pg_trgm.word_similarity_threshold = 0.45
  as $$
  declare
    family uuid := app.family_id();
    wanted text := app.fold(words);
    query  tsquery;
  begin
    if family is null or wanted !~ '\\S' then return; end if;
    select app.search_query(words, f.locale) into query from public.families f where f.id = family;
    return query
      select s.id, (ts_rank(s.document, query) + 1)::real from public.search_index s
      where  s.family_id = family and s.document @@ query and (kinds is null or s.kind = any (kinds))
      order  by 2 desc, s.id desc limit most;
    -- Only when the words as they stand find nothing is it taken for a slip of the pen.
    if not found then
      return query
        select s.id, word_similarity(wanted, s.folded) from public.search_index s
        where  s.family_id = family and wanted <% s.folded and (kinds is null or s.kind = any (kinds))
        order  by 2 desc, s.id desc limit most;
    end if;
  end $$;

  create view search_results with (security_invoker) as
    select s.id, s.family_id, s.kind, s.content_id, s.title, left(s.body, 200) as headline, 0::real as rank, s.updated_at
    from   search_index s;
  comment on view search_results is 'A hit: the headline marks the words that were found with <b> and </b>.';

  create view search_facets with (security_invoker) as
    select s.family_id, s.kind, count(*) as hits from search_index s group by s.family_id, s.kind;

  -- Best first, a hundred candidates at a time, until enough of them may be seen: asking of a thousand whether they can
  -- be seen, to show fifty, took most of the time.
  create function search(query text, kinds text[] default null, most integer default 50) returns setof search_results
    language plpgsql stable rows 50
  as $$
  declare
    family  uuid := app.family_id();
    sought  tsquery := (select app.search_query(search.query, f.locale) from public.families f where f.id = app.family_id());
    ids     uuid[];
    ranks   real[];
    wanted  integer := least(most, 100);
    shown   integer := 0;
    batch   integer;
  begin
    select array_agg(c.id order by c.rank desc, c.id desc), array_agg(c.rank order by c.rank desc, c.id desc)
    into   ids, ranks from app.search_candidates(query, kinds, 1000) c;
    for place_of_first in 1 .. coalesce(cardinality(ids), 0) by 100 loop
      return query
        -- The words are marked in what is shown, and not in all that was looked at.
        select h.id, h.family_id, h.kind, h.content_id, h.title,
               ts_headline(app.text_configuration(h.language), left(h.title || ' ' || h.body, 5000), sought,
                 'MaxFragments=2, MinWords=5, MaxWords=20'),
               ranks[place_of_first + h.place - 1], h.updated_at
        from  (select s.id, s.family_id, s.kind, s.content_id, s.title, s.body, s.language, s.updated_at, c.place
               from   unnest(ids[place_of_first : place_of_first + 99]) with ordinality c(id, place)
               join   public.search_index s on s.family_id = family and s.id = c.id
               order  by c.place
               limit  wanted - shown) h
        order  by h.place;
      get diagnostics batch = row_count;
      shown := shown + batch;
      exit when shown >= wanted;
    end loop;
  end $$;
  comment on function search is 'Finds words, beginnings of words and, failing those, similar words; "quoted" and -left out are understood.';

  create function search_facet(query text) returns setof search_facets
    language sql stable
  as $$
    select s.family_id, s.kind, count(*)
    from   app.search_candidates(query, null, 1000) c
    join   search_index s on s.family_id = (select app.family_id()) and s.id = c.id
    group  by s.family_id, s.kind
    order  by count(*) desc, s.kind
  $$;

  grant select on search_results, search_facets to nself_app;`;

const live = (table: string, more = 'and p.deleted_at is null') => `exists (select from ${table} p
  where p.family_id = search_index.family_id and p.id = search_index.content_id ${more})`;

/** Media by their function: what they hang on is a plan of its own, and not to be prepared for every search. */
const seen = `
  case kind
    when 'post'   then ${live('posts')}
    when 'media'  then app.sees_media(content_id)
    when 'album'  then ${live('albums')}
    when 'event'  then ${live('events')}
    when 'recipe' then ${live('recipes')}
    when 'trip'   then ${live('trips')}
    when 'person' then ${live('genealogy_profiles', '')}
  end or ${service}`;

export class Search1763600220000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(index);
    await protectTenantTable(q, 'search_index', { grants: 'select', read: seen });
    await q.query(keeping);
    await q.query(asking);
    await crossFamilies(q, 'app.index_for_search()', {
      callers: '',
      needs: ['select, insert, update, delete on search_index'],
    });
    await crossFamilies(q, 'app.index_in_new_language()', { callers: '' });
    await crossFamilies(q, 'app.search_candidates(text, text[], integer)', { callers: 'nself_app' });
  }

  async down(q: QueryRunner): Promise<void> {
    const indexed = ['posts', 'media_items', 'albums', 'events', 'recipes', 'trips', 'genealogy_profiles'];
    await q.query(`
      ${[...indexed, 'families'].map(table => `drop trigger search on ${table};`).join('\n')}
      drop function search(text, text[], integer), search_facet(text);
      drop view search_facets, search_results;
      drop function app.search_candidates(text, text[], integer), app.search_query(text, text), app.index_for_search(),
        app.index_in_new_language();
      drop table search_index;
      drop function app.text_configuration(text), app.fold(text);`);
  }
}
