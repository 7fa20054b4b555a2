with "written" as (
  insert into "public"."big" as "big" ("id", "exact", "numbers")
  values ($1::bigint, $2::numeric, $3::bigint[])
  returning "big"."id", "big"."exact", "big"."numbers"
)
select coalesce((
  select to_json("{}") from (
    select
      ("big.2"."id")::text as "id",
      ("big.2"."exact")::text as "exact",
      ("big.2"."numbers")::text[] as "numbers"
    from "written" as "big.2"
  ) as "{}" limit 1
)::text, 'null') as "root"
;
with "written" as (
  update "public"."big" as "big"
  set "exact" = "big"."exact" + $1::numeric
  where "big"."id" = $2::bigint
  returning "big"."id", "big"."exact", "big"."numbers"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        ("big.2"."id")::text as "id",
        ("big.2"."exact")::text as "exact",
        ("big.2"."numbers")::text[] as "numbers"
      from "written" as "big.2"
    ) as "{}") as "returning"
  
) as "{}"
