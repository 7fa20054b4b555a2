select set_config('nself.rows', '{}', true), set_config('nself.count', '0', true)
;
with "written" as (
  insert into "public"."customer" as "customer" ("id", "name")
  values ($1::integer, $2::text)
  returning json_populate_record(null::"public"."customer", (select to_json("kept") from (select "customer"."id"::text as "id") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.row_0', coalesce((array_agg("row"))[1]::text, current_setting('nself.refuse_nothing')), true)
from "written"
;
with "written" as (
  insert into "public"."purchase" as "purchase" ("id", "customer_id", "amount")
  values ($1::integer, (current_setting('nself.row_0')::"public"."customer")."id", $2::integer)
  returning 1
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true)
from "written"
;
with "written" as (
  insert into "public"."purchase" as "purchase" ("id", "customer_id", "amount")
  values ($1::integer, (current_setting('nself.row_0')::"public"."customer")."id", $2::integer)
  returning json_populate_record(null::"public"."purchase", (select to_json("kept") from (select "purchase"."id"::text as "id", "purchase"."customer_id"::text as "customer_id") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.rows', case '{}' when coalesce(array_agg("row"), '{}')::text then current_setting('nself.rows') when current_setting('nself.rows') then coalesce(array_agg("row"), '{}')::text else left(current_setting('nself.rows'), -1) || ',' || substr(coalesce(array_agg("row"), '{}')::text, 2) end, true)
from "written"
;
with "written" as (
  insert into "public"."purchase" as "purchase" ("id", "customer_id", "amount")
  values ($1::integer, $2::integer, $3::integer)
  returning json_populate_record(null::"public"."purchase", (select to_json("kept") from (select "purchase"."id"::text as "id", "purchase"."customer_id"::text as "customer_id") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.rows', case '{}' when coalesce(array_agg("row"), '{}')::text then current_setting('nself.rows') when current_setting('nself.rows') then coalesce(array_agg("row"), '{}')::text else left(current_setting('nself.rows'), -1) || ',' || substr(coalesce(array_agg("row"), '{}')::text, 2) end, true)
from "written"
;
select to_json("{}")::text as "root"
from (
  select
    current_setting('nself.count')::bigint as "affected_rows",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "purchase"."id" as "id",
        (select "{}" from (
          select
            "customer"."name" as "name",
            (select "{}" from (
              select
                (select "{}" from (
                  select
                    "sums"."s0" as "count"
                ) as "{}") as "aggregate"
              from (
                select
                  count(*) as "s0"
                from (
                  select
                    1 as "c0"
                  from "public"."purchase" as "purchase.2"
                  where "purchase.2"."customer_id" = "customer"."id"
                ) as "rows"
              ) as "sums"
            ) as "{}") as "purchases_aggregate"
          from "public"."customer" as "customer"
          where "customer"."id" = "purchase"."customer_id"
          limit 1
        ) as "{}") as "customer"
      from unnest(current_setting('nself.rows')::"public"."purchase"[]) as "purchase"
    ) as "{}") as "returning"
  
) as "{}"
