select coalesce(json_agg("{}"), '[]')::text as "root"
from (
  select
    "customer"."name" as "name",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "purchase"."amount" as "amount",
        (select "{}" from (
          select
            "customer.2"."name" as "name",
            (select coalesce(json_agg("{}"), '[]') from (
              select
                "purchase.2"."amount" as "amount",
                (select "{}" from (
                  select
                    "customer.3"."name" as "name",
                    (select coalesce(json_agg("{}"), '[]') from (
                      select
                        "purchase.3"."amount" as "amount",
                        (select "{}" from (
                          select
                            "customer.4"."name" as "name",
                            (select coalesce(json_agg("{}"), '[]') from (
                              select
                                "purchase.4"."amount" as "amount",
                                (select "{}" from (
                                  select
                                    "customer.5"."name" as "name",
                                    (select coalesce(json_agg("{}"), '[]') from (
                                      select
                                        "purchase.5"."amount" as "amount",
                                        (select "{}" from (
                                          select
                                            "customer.6"."name" as "name",
                                            (select coalesce(json_agg("{}"), '[]') from (
                                              select
                                                "purchase.6"."amount" as "amount",
                                                (select "{}" from (
                                                  select
                                                    "customer.7"."name" as "name"
                                                  from "public"."customer" as "customer.7"
                                                  where "customer.7"."id" = "purchase.6"."customer_id"
                                                  and "customer.7"."town" is not null
                                                  limit 1
                                                ) as "{}") as "customer"
                                              from "public"."purchase" as "purchase.6"
                                              where "purchase.6"."customer_id" = "customer.6"."id"
                                              and "purchase.6"."paid" = $1::boolean
                                              order by "purchase.6"."amount" asc nulls last
                                              limit 1
                                            ) as "{}") as "purchases"
                                          from "public"."customer" as "customer.6"
                                          where "customer.6"."id" = "purchase.5"."customer_id"
                                          and "customer.6"."town" is not null
                                          limit 1
                                        ) as "{}") as "customer"
                                      from "public"."purchase" as "purchase.5"
                                      where "purchase.5"."customer_id" = "customer.5"."id"
                                      and "purchase.5"."paid" = $1::boolean
                                      order by "purchase.5"."amount" asc nulls last
                                      limit 1
                                    ) as "{}") as "purchases"
                                  from "public"."customer" as "customer.5"
                                  where "customer.5"."id" = "purchase.4"."customer_id"
                                  and "customer.5"."town" is not null
                                  limit 1
                                ) as "{}") as "customer"
                              from "public"."purchase" as "purchase.4"
                              where "purchase.4"."customer_id" = "customer.4"."id"
                              and "purchase.4"."paid" = $1::boolean
                              order by "purchase.4"."amount" asc nulls last
                              limit 1
                            ) as "{}") as "purchases"
                          from "public"."customer" as "customer.4"
                          where "customer.4"."id" = "purchase.3"."customer_id"
                          and "customer.4"."town" is not null
                          limit 1
                        ) as "{}") as "customer"
                      from "public"."purchase" as "purchase.3"
                      where "purchase.3"."customer_id" = "customer.3"."id"
                      and "purchase.3"."paid" = $1::boolean
                      order by "purchase.3"."amount" asc nulls last
                      limit 1
                    ) as "{}") as "purchases"
                  from "public"."customer" as "customer.3"
                  where "customer.3"."id" = "purchase.2"."customer_id"
                  and "customer.3"."town" is not null
                  limit 1
                ) as "{}") as "customer"
              from "public"."purchase" as "purchase.2"
              where "purchase.2"."customer_id" = "customer.2"."id"
              and "purchase.2"."paid" = $1::boolean
              order by "purchase.2"."amount" asc nulls last
              limit 1
            ) as "{}") as "purchases"
          from "public"."customer" as "customer.2"
          where "customer.2"."id" = "purchase"."customer_id"
          and "customer.2"."town" is not null
          limit 1
        ) as "{}") as "customer"
      from "public"."purchase" as "purchase"
      where "purchase"."customer_id" = "customer"."id"
      and "purchase"."paid" = $1::boolean
      order by "purchase"."amount" asc nulls last
      limit 1
    ) as "{}") as "purchases"
  from "public"."customer" as "customer"
  where "customer"."town" is not null
  order by "customer"."name" asc nulls last
) as "{}"
