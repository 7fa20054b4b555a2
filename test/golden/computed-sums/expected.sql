select to_json("{}")::text as "root"
from (
  select
    (select "{}" from (
      select
        "sums"."s0" as "count",
        (select "{}" from (
          select
            "sums"."s1" as "taxed",
            "sums"."s2" as "more"
        ) as "{}") as "sum",
        (select "{}" from (
          select
            "sums"."s3" as "taxed"
        ) as "{}") as "avg",
        (select "{}" from (
          select
            "sums"."s4" as "label"
        ) as "{}") as "max"
    ) as "{}") as "aggregate",
    "sums"."s5" as "nodes"
  from (
    select
      count(*) as "s0",
      sum("rows"."c0") as "s1",
      sum("rows"."c1") as "s2",
      avg("rows"."c2") as "s3",
      max("rows"."c3") as "s4",
      coalesce(json_agg("rows"."c4"), '[]') as "s5"
    from (
      select
        "public"."taxed"("product".*) as "c0",
        "public"."taxed"("product".*, $1::numeric, $2::numeric) as "c1",
        "public"."taxed"("product".*, $3::numeric) as "c2",
        "public"."label"("product".*) as "c3",
        (select "{}" from (
          select
            "product"."id" as "id",
            "public"."taxed"("product".*, $1::numeric) as "taxed"
        ) as "{}") as "c4"
      from "public"."product" as "product"
      where "product"."price" < $4::numeric
      and "public"."label"("product".*) <> $5::text
      order by "public"."label"("product".*) desc nulls first
    ) as "rows"
  ) as "sums"
) as "{}"
