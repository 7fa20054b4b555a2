select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "purchase"."amount" as "amount"
  from "public"."purchase" as "purchase"
  order by "purchase"."id" asc nulls last
) as "{}"
