import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  admin,
  contributor,
  mine,
  person,
  protectTenantTable,
  service,
  visible,
  within,
  withinMine,
} from './support';

const recipes = `
  create table recipes (
    id            uuid        primary key default app.uuid_v7(),
    family_id     uuid        not null references families on delete cascade,
    author_id     uuid,
    title         text        not null constraint recipe_has_a_title check (title ~ '\\S'),
    description   text        not null default '',
    prep_minutes  integer     constraint prep_time_not_negative check (prep_minutes >= 0),
    cook_minutes  integer     constraint cook_time_not_negative check (cook_minutes >= 0),
    servings      integer     not null default 4 constraint servings_positive check (servings > 0),
    difficulty    text        constraint difficulty_known check (difficulty in ('easy', 'medium', 'hard')),
    cuisine       text,
    source_url    text,
    visibility    text        not null default app.default_visibility()
                  constraint recipe_visibility_known check (visibility in ('family', 'adults_only', 'private', 'public')),
    cover_id      uuid,
    deleted_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete set null (author_id),
    foreign key (family_id, cover_id)  references media_items (family_id, id) on delete set null (cover_id)
  );
  comment on table recipes is 'How something is cooked, and for how many.';
  create index recipes_by_title on recipes (family_id, title) where deleted_at is null;
  create index recipes_newest   on recipes (family_id, created_at desc) where deleted_at is null;

  create table measurement_units (
    unit        text        primary key,
    kind        text        not null constraint unit_kind_known check (kind in ('mass', 'volume')),
    factor      numeric     not null constraint unit_factor_positive check (factor > 0),
    created_at  timestamptz not null default now()
  );
  comment on table measurement_units is 'Units that can be turned into one another.';
  comment on column measurement_units.factor is 'Grams, or millilitres, in one of it.';

  insert into measurement_units (unit, kind, factor)
  values ('mg', 'mass', 0.001), ('g', 'mass', 1), ('kg', 'mass', 1000), ('oz', 'mass', 28.349523125), ('lb', 'mass', 453.59237),
         ('ml', 'volume', 1), ('cl', 'volume', 10), ('dl', 'volume', 100), ('l', 'volume', 1000),
         ('tsp', 'volume', 5), ('tbsp', 'volume', 15), ('cup', 'volume', 240),
         ('fl oz', 'volume', 29.5735295625), ('pint', 'volume', 473.176473), ('quart', 'volume', 946.352946);

  create table recipe_ingredients (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    recipe_id   uuid        not null,
    position    integer     not null default 0,
    name        text        not null constraint ingredient_has_a_name check (name ~ '\\S'),
    amount      numeric     constraint amount_positive check (amount > 0),
    unit        text,
    note        text        not null default '',
    optional    boolean     not null default false,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, recipe_id) references recipes (family_id, id) on delete cascade
  );
  comment on table recipe_ingredients is 'What goes into a recipe.';
  create index recipe_ingredients_in_order on recipe_ingredients (family_id, recipe_id, position);

  create table recipe_steps (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    recipe_id      uuid        not null,
    position       integer     not null,
    text           text        not null constraint step_says_something check (text ~ '\\S'),
    minutes        integer     constraint step_time_not_negative check (minutes >= 0),
    media_item_id  uuid,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    constraint one_step_per_position unique (family_id, recipe_id, position) deferrable,
    foreign key (family_id, recipe_id)     references recipes (family_id, id) on delete cascade,
    foreign key (family_id, media_item_id) references media_items (family_id, id) on delete set null (media_item_id)
  );
  comment on table recipe_steps is 'How it is done, step by step.';

  create table recipe_collections (
    id           uuid        primary key default app.uuid_v7(),
    family_id    uuid        not null references families on delete cascade,
    author_id    uuid,
    title        text        not null constraint collection_has_a_title check (title ~ '\\S'),
    description  text        not null default '',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (family_id, id),
    foreign key (family_id, author_id) references family_members (family_id, user_id) on delete set null (author_id)
  );
  comment on table recipe_collections is 'A book of recipes.';

  create table recipe_collection_items (
    id             uuid        primary key default app.uuid_v7(),
    family_id      uuid        not null references families on delete cascade,
    collection_id  uuid        not null,
    recipe_id      uuid        not null,
    position       integer     not null default 0,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    unique (family_id, id),
    unique (family_id, collection_id, recipe_id),
    foreign key (family_id, collection_id) references recipe_collections (family_id, id) on delete cascade,
    foreign key (family_id, recipe_id)     references recipes (family_id, id) on delete cascade
  );
  comment on table recipe_collection_items is 'What stands in it, in order.';`;

const plans = `
  create table meal_plans (
    id          uuid        primary key default app.uuid_v7(),
    family_id   uuid        not null references families on delete cascade,
    date        date        not null,
    meal        text        not null
                constraint meal_known check (meal in ('breakfast', 'lunch', 'dinner', 'snack')),
    recipe_id   uuid,
    title       text        not null default '',
    servings    integer     constraint planned_servings_positive check (servings > 0),
    created_by  uuid,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (family_id, id),
    constraint one_plan_per_meal unique (family_id, date, meal),
    constraint plan_says_what check (recipe_id is not null or title ~ '\\S'),
    foreign key (family_id, recipe_id)  references recipes (family_id, id) on delete cascade,
    foreign key (family_id, created_by) references family_members (family_id, user_id) on delete set null (created_by)
  );
  comment on table meal_plans is 'What is eaten when: one dish for each meal of a day.';

  -- What each planned meal needs, per day: units of one kind are brought to grams or millilitres, all others stand as
  -- they are written, so that "2 cloves" and "1 clove" add up and never meet a kilogram.
  create view meal_needs with (security_invoker) as
    select p.family_id, p.date, lower(trim(i.name)) as ingredient,
           case u.kind when 'mass' then 'g' when 'volume' then 'ml' else coalesce(lower(trim(i.unit)), '') end as unit,
           i.amount * coalesce(u.factor, 1) * coalesce(p.servings, r.servings) / r.servings as amount,
           r.id as recipe_id
    from   meal_plans p
    join   recipes r            on r.family_id = p.family_id and r.id = p.recipe_id and r.deleted_at is null
    join   recipe_ingredients i on i.family_id = r.family_id and i.recipe_id = r.id and not i.optional
    left   join measurement_units u on u.unit = lower(trim(i.unit));

  create view shopping_lines with (security_invoker) as
    select n.family_id, n.ingredient, n.unit, sum(n.amount) as amount, count(distinct n.recipe_id) as recipes
    from   meal_needs n
    where  n.date between current_date and current_date + 6
    group  by n.family_id, n.ingredient, n.unit;
  comment on view shopping_lines is 'What the coming seven days need.';

  create function shopping_list(from_date date, until_date date) returns setof shopping_lines
    language sql stable
  as $$
    select needs.family_id, needs.ingredient,
           case when needs.unit = 'g'  and needs.amount >= 1000 then 'kg'
                when needs.unit = 'ml' and needs.amount >= 1000 then 'l' else needs.unit end,
           round(case when needs.unit in ('g', 'ml') and needs.amount >= 1000 then needs.amount / 1000 else needs.amount end, 3),
           needs.recipes
    from  (select n.family_id, n.ingredient, n.unit, sum(n.amount) as amount, count(distinct n.recipe_id) as recipes
           from   meal_needs n
           where  n.family_id = app.family_id() and n.date between from_date and until_date
           group  by n.family_id, n.ingredient, n.unit) needs
    order  by needs.ingredient, needs.unit
  $$;
  comment on function shopping_list is 'Amounts summed by ingredient and unit over the planned meals of these days.';

  grant select on measurement_units, meal_needs, shopping_lines to nself_app;`;

export class Recipes1763600150000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(recipes);
    await q.query(plans);
    await protectTenantTable(q, 'recipes', {
      read: visible(),
      insert: `${mine('author_id')} or ${service}`,
      write: `${mine('author_id')} or ${admin}`,
    });
    for (const table of ['recipe_ingredients', 'recipe_steps']) {
      await protectTenantTable(q, table, {
        read: within(table, 'recipes', 'recipe_id'),
        write: `${contributor} and (${withinMine(table, 'recipes', 'recipe_id', 'author_id')} or ${admin})`,
      });
    }
    await protectTenantTable(q, 'recipe_collections', {
      read: person,
      insert: mine('author_id'),
      write: `${mine('author_id')} or ${admin}`,
    });
    await protectTenantTable(q, 'recipe_collection_items', {
      read: within('recipe_collection_items', 'recipes', 'recipe_id'),
      write: `${contributor} and ${within('recipe_collection_items', 'recipes', 'recipe_id')}`,
    });
    await protectTenantTable(q, 'meal_plans', { read: person });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function shopping_list(date, date);
      drop view shopping_lines, meal_needs;
      drop table meal_plans, recipe_collection_items, recipe_collections, recipe_steps, recipe_ingredients,
        measurement_units, recipes;`);
  }
}
