with "written" as (
  delete from "public"."purchase" as "purchase"
  where not (exists (
    select 1 from "public"."customer" as "customer" where "customer"."name" = $1::text
  ))
  and "purchase"."amount" < $2::integer
  returning "purchase"."id"
)
select to_json("{}")::text as "root"
from (
  select
    (select count(*) from "written") as "affected_rows",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "purchase.2"."id" as "id"
      from "written" as "purchase.2"
    ) as "{}") as "returning"
  
) as "{}"
