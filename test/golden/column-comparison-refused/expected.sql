with "written" as (
  insert into "public"."booking" as "booking" ("id", "room_id", "guests", "wanted")
  values ($1::integer, $2::integer, $3::integer, $4::integer)
  returning "booking"."id", case when exists (
    select 1 from "public"."room" as "room" where "room"."id" = "booking"."room_id" and "room"."seats" >= "booking"."guests"
  ) then null else current_setting('nself.refuse_check') end as "nself:check"
)
select to_json("{}")::text as "root"
from (
  select
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "booking.2"."id" as "id"
      from "written" as "booking.2"
    ) as "{}") as "returning"
  
) as "{}"
;
with "written" as (
  insert into "public"."booking" as "booking" ("id", "room_id", "guests", "wanted")
  values ($1::integer, $2::integer, $3::integer, $3::integer)
  returning case when exists (
    select 1 from "public"."room" as "room" where "room"."id" = "booking"."room_id" and "room"."seats" >= "booking"."guests"
  ) then null else current_setting('nself.refuse_check') end as "nself:check"
)
select to_json("{}")::text as "root"
from (
  select
    (select count(*) from "written") as "affected_rows"
  
) as "{}"
