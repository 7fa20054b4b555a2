select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "purchase"."id" as "id"
  from "public"."purchase" as "purchase"
  where exists (
    select 1 from "public"."customer" as "customer" where "customer"."id" = $1::integer and "customer"."town" = $2::text
  )
) as "{}"
