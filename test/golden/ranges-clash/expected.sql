with "written" as (
  update "public"."stay" as "stay"
  set "prices" = $1::"pg_catalog"."int4multirange", "nights" = $2::"pg_catalog"."int4range"
  where "stay"."nights" = $3::"pg_catalog"."int4range"
  returning "stay"."nights", "stay"."during", "stay"."prices"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "stay.2"."nights" as "nights",
        "stay.2"."during" as "during",
        "stay.2"."prices" as "prices"
      from "written" as "stay.2"
    ) as "{}") as "returning"
  
) as "{}"
;
with "written" as (
  insert into "public"."stay" as "stay" ("id", "during")
  values ($1::integer, $2::"pg_catalog"."daterange")
  returning 1
)
select to_json("{}")::text as "root"
from (
  select
    (select count(*) from "written") as "affected_rows"
  
) as "{}"
