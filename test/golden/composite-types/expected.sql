select set_config('nself.rows', '{}', true), set_config('nself.count', '0', true)
;
with "written" as (
  insert into "public"."price" as "price" ("id", "cost")
  values ($1::integer, $2::"public"."money_of")
  returning json_populate_record(null::"public"."price", (select to_json("kept") from (select "price"."id"::text as "id") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.row_0', coalesce((array_agg("row"))[1]::text, current_setting('nself.refuse_nothing')), true)
from "written"
;
with "written" as (
  insert into "public"."shop" as "shop" ("id", "price_id")
  values ($1::integer, (current_setting('nself.row_0')::"public"."price")."id")
  returning json_populate_record(null::"public"."shop", (select to_json("kept") from (select "shop"."price_id"::text as "price_id") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.rows', case '{}' when coalesce(array_agg("row"), '{}')::text then current_setting('nself.rows') when current_setting('nself.rows') then coalesce(array_agg("row"), '{}')::text else left(current_setting('nself.rows'), -1) || ',' || substr(coalesce(array_agg("row"), '{}')::text, 2) end, true)
from "written"
;
select coalesce((
  select to_json("{}") from (
    select
      (select "{}" from (
        select
          "price"."id" as "id",
          "price"."cost" as "cost",
          "price"."others" as "others"
        from "public"."price" as "price"
        where "price"."id" = "shop"."price_id"
        limit 1
      ) as "{}") as "price"
    from unnest(current_setting('nself.rows')::"public"."shop"[]) as "shop"
  ) as "{}" limit 1
)::text, 'null') as "root"
;
with "written" as (
  update "public"."shop" as "shop"
  set "id" = $1::integer
  where "shop"."id" = $2::integer
  returning json_populate_record(null::"public"."shop", (select to_json("kept") from (select "shop"."id"::text as "id", "shop"."price_id"::text as "price_id") as "kept")) as "row"
)
select set_config('nself.count', count(*)::text, true),
set_config('nself.rows', coalesce(array_agg("row"), '{}')::text, true)
from "written"
;
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "shop"."id" as "id",
        (select "{}" from (
          select
            "price"."cost" as "cost",
            "price"."others" as "others"
          from "public"."price" as "price"
          where "price"."id" = "shop"."price_id"
          limit 1
        ) as "{}") as "price"
      from unnest(current_setting('nself.rows')::"public"."shop"[]) as "shop"
    ) as "{}") as "returning"
  
) as "{}"
