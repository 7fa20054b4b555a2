with "written" as (
  insert into "public"."account" as "account" ("id", "address", "invited")
  values ($1::integer, $2::text, $3::integer)
  returning ("account".*)::"public"."account" as "row"
)
select set_config('nself.count', count(*)::text, true),
set_config('nself.rows', coalesce(array_agg("row"), '{}')::text, true)
from "written"
;
select coalesce((
  select to_json("{}") from (
    select
      "account"."address" as "address",
      (select "{}" from (
        select
          "account.2"."address" as "address"
        from "public"."account" as "account.2"
        where "account.2"."id" = "account"."invited"
        limit 1
      ) as "{}") as "host"
    from unnest(current_setting('nself.rows')::"public"."account"[]) as "account"
  ) as "{}" limit 1
)::text, 'null') as "root"
;
with "written" as (
  update "public"."account" as "account"
  set "points" = "account"."points" + $1::integer
  where "account"."address" like $2::text
  returning "account"."points"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "account.2"."points" as "points"
      from "written" as "account.2"
    ) as "{}") as "returning"
  
) as "{}"
;
with "written" as (
  update "public"."account" as "account"
  set "points" = "account"."points" + $1::integer
  where "account"."id" = $2::integer
  returning 1
)
select to_json("{}")::text as "root"
from (
  select
    (select count(*) from "written") as "affected_rows"
  
) as "{}"
