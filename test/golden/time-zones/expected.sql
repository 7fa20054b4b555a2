with "written" as (
  insert into "public"."event" as "event" ("id", "at", "plain", "clock", "span")
  values ($1::integer, $2::timestamptz, $3::timestamp, $4::timetz, $5::interval)
  returning "event"."at", "event"."plain", "event"."clock", "event"."span"
)
select coalesce((
  select to_json("{}") from (
    select
      "event.2"."at" as "at",
      "event.2"."plain" as "plain",
      "event.2"."clock" as "clock",
      "event.2"."span" as "span"
    from "written" as "event.2"
  ) as "{}" limit 1
)::text, 'null') as "root"
;
with "written" as (
  update "public"."event" as "event"
  set "day" = $1::date
  where "event"."at" <= $2::timestamptz
  returning "event"."at", "event"."plain", "event"."day", "event"."clock", "event"."span"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "event.2"."at" as "at",
        "event.2"."plain" as "plain",
        "event.2"."day" as "day",
        "event.2"."clock" as "clock",
        "event.2"."span" as "span"
      from "written" as "event.2"
    ) as "{}") as "returning"
  
) as "{}"
