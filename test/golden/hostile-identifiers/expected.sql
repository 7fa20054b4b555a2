select set_config('nself.rows', '{}', true), set_config('nself.count', '0', true)
;
with "written" as (
  insert into "public"."it's ""hostile""; drop table x; --" as "row" ("id $1", "👪 عائلة")
  values ($1::integer, $2::text)
  returning json_populate_record(null::"public"."it's ""hostile""; drop table x; --", (select to_json("kept") from (select "row"."id $1"::text as "id $1") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.row_0', coalesce((array_agg("row"))[1]::text, current_setting('nself.refuse_nothing')), true)
from "written"
;
with "written" as (
  insert into "public"."it's ""hostile""; drop table x; --" as "row" ("id $1", "👪 عائلة", "parent{}")
  values ($1::integer, $2::text, (current_setting('nself.row_0')::"public"."it's ""hostile""; drop table x; --")."id $1")
  on conflict on constraint "hostile_pkey" do update set "👪 عائلة" = excluded."👪 عائلة"
  returning json_populate_record(null::"public"."it's ""hostile""; drop table x; --", (select to_json("kept") from (select "row"."id $1"::text as "id $1", "row"."👪 عائلة"::text as "👪 عائلة", "row"."parent{}"::text as "parent{}") as "kept")) as "row"
)
select set_config('nself.count', (current_setting('nself.count')::bigint + count(*))::text, true),
set_config('nself.rows', case '{}' when coalesce(array_agg("row"), '{}')::text then current_setting('nself.rows') when current_setting('nself.rows') then coalesce(array_agg("row"), '{}')::text else left(current_setting('nself.rows'), -1) || ',' || substr(coalesce(array_agg("row"), '{}')::text, 2) end, true)
from "written"
;
select coalesce((
  select to_json("{}") from (
    select
      "row"."id $1" as "id",
      "row"."👪 عائلة" as "family",
      (select "{}" from (
        select
          "row.2"."id $1" as "id",
          "row.2"."👪 عائلة" as "family",
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
                from "public"."it's ""hostile""; drop table x; --" as "row.3"
                where "row.3"."parent{}" = "row.2"."id $1"
                and exists (
                  select 1 from "public"."it's ""hostile""; drop table x; --" as "row.4" where "row.4"."id $1" = "row.3"."parent{}" and "row.4"."👪 عائلة" like $1::text
                )
              ) as "rows"
            ) as "sums"
          ) as "{}") as "down_aggregate"
        from "public"."it's ""hostile""; drop table x; --" as "row.2"
        where "row.2"."id $1" = "row"."parent{}"
        limit 1
      ) as "{}") as "up"
    from unnest(current_setting('nself.rows')::"public"."it's ""hostile""; drop table x; --"[]) as "row"
  ) as "{}" limit 1
)::text, 'null') as "root"
