with "written" as (
  insert into "public"."item" as "item" ("price", "count")
  values ($1::numeric, $2::integer)
  returning "item"."id", "item"."total", case when "item"."total" <= $3::numeric then null else current_setting('nself.refuse_check') end as "nself:check"
)
select coalesce((
  select to_json("{}") from (
    select
      "item.2"."id" as "id",
      "item.2"."total" as "total"
    from "written" as "item.2"
  ) as "{}" limit 1
)::text, 'null') as "root"
;
with "written" as (
  update "public"."item" as "item"
  set "count" = "item"."count" + $1::integer
  where "item"."total" < $2::numeric
  returning "item"."id", "item"."count", "item"."total", case when "item"."total" <= $3::numeric then null else current_setting('nself.refuse_check') end as "nself:check"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "item.2"."id" as "id",
        "item.2"."count" as "count",
        "item.2"."total" as "total"
      from "written" as "item.2"
    ) as "{}") as "returning"
  
) as "{}"
