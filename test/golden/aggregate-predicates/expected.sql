select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name"
  from "public"."customer" as "customer"
  where (select count(*) from "public"."purchase" as "purchase" where "purchase"."customer_id" = "customer"."id" and "purchase"."amount" < $1::integer) >= $2::integer
  order by "customer"."id" asc nulls last
) as "{}"
;
select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name"
  from "public"."customer" as "customer"
  where (select count(*) from "public"."purchase" as "purchase" where "purchase"."customer_id" = "customer"."id" and ("purchase"."amount" < $1::integer and "purchase"."paid" = $2::boolean)) = $3::integer
) as "{}"
;
select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name"
  from "public"."customer" as "customer"
  where (select bool_and("purchase"."paid") from "public"."purchase" as "purchase" where "purchase"."customer_id" = "customer"."id" and "purchase"."amount" < $1::integer) = $2::boolean
) as "{}"
;
select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name"
  from "public"."customer" as "customer"
  where (select count(*) from "public"."purchase" as "purchase" where "purchase"."customer_id" = "customer"."id" and "purchase"."amount" < $1::integer) = $2::integer
) as "{}"
