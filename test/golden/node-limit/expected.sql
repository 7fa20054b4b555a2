select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "purchase"."amount" as "amount",
        (select "{}" from (
          select
            "customer.2"."name" as "name"
          from "public"."customer" as "customer.2"
          where "customer.2"."id" = "purchase"."customer_id"
          limit 1
        ) as "{}") as "customer"
      from "public"."purchase" as "purchase"
      where "purchase"."customer_id" = "customer"."id"
    ) as "{}") as "purchases"
  from "public"."customer" as "customer"
) as "{}"
