select set_config('nself.answers', '', true)
;
with "written" as (
  update "public"."purchase" as "purchase"
  set "paid" = $1::boolean, "note" = $2::text, "amount" = "purchase"."amount" + $3::integer
  where "purchase"."customer_id" = $4::integer
  and "purchase"."paid" = $5::boolean
  and "purchase"."id" = $6::integer
  returning "purchase"."id", "purchase"."amount", "purchase"."note", "purchase"."paid", case when "purchase"."amount" <= $7::integer then null else current_setting('nself.refuse_check') end as "nself:check"
)
select set_config('nself.answers', concat_ws(',', nullif(current_setting('nself.answers'), ''), "root"), true)
from (
  select to_json("{}")::text as "root"
  from (
    select
      (select count(*) from "written") as "affected_rows",
      (select coalesce(json_agg("{}"), '[]') from (
        select
          "purchase.2"."id" as "id",
          "purchase.2"."amount" as "amount",
          "purchase.2"."note" as "note",
          "purchase.2"."paid" as "paid"
        from "written" as "purchase.2"
      ) as "{}") as "returning"
    
  ) as "{}"
) as "answer"
;
with "written" as (
  update "public"."purchase" as "purchase"
  set "paid" = $1::boolean, "note" = $2::text
  where "purchase"."customer_id" = $3::integer
  and "purchase"."paid" = $4::boolean
  and "purchase"."amount" >= $5::integer
  returning "purchase"."id", "purchase"."amount", "purchase"."note", "purchase"."paid", case when "purchase"."amount" <= $6::integer then null else current_setting('nself.refuse_check') end as "nself:check"
)
select set_config('nself.answers', concat_ws(',', nullif(current_setting('nself.answers'), ''), "root"), true)
from (
  select to_json("{}")::text as "root"
  from (
    select
      (select count(*) from "written") as "affected_rows",
      (select coalesce(json_agg("{}"), '[]') from (
        select
          "purchase.2"."id" as "id",
          "purchase.2"."amount" as "amount",
          "purchase.2"."note" as "note",
          "purchase.2"."paid" as "paid"
        from "written" as "purchase.2"
      ) as "{}") as "returning"
    
  ) as "{}"
) as "answer"
;
with "written" as (
  update "public"."purchase" as "purchase"
  set "paid" = $1::boolean, "note" = $2::text
  where "purchase"."customer_id" = $3::integer
  and "purchase"."paid" = $4::boolean
  and "purchase"."id" = $5::integer
  returning "purchase"."id", "purchase"."amount", "purchase"."note", "purchase"."paid", case when "purchase"."amount" <= $6::integer then null else current_setting('nself.refuse_check') end as "nself:check"
)
select set_config('nself.answers', concat_ws(',', nullif(current_setting('nself.answers'), ''), "root"), true)
from (
  select to_json("{}")::text as "root"
  from (
    select
      (select count(*) from "written") as "affected_rows",
      (select coalesce(json_agg("{}"), '[]') from (
        select
          "purchase.2"."id" as "id",
          "purchase.2"."amount" as "amount",
          "purchase.2"."note" as "note",
          "purchase.2"."paid" as "paid"
        from "written" as "purchase.2"
      ) as "{}") as "returning"
    
  ) as "{}"
) as "answer"
;
with "written" as (
  update "public"."purchase" as "purchase"
  set "paid" = $1::boolean
  where "purchase"."customer_id" = $2::integer
  and "purchase"."paid" = $3::boolean
  returning "purchase"."id", "purchase"."amount", "purchase"."note", "purchase"."paid", case when "purchase"."amount" <= $4::integer then null else current_setting('nself.refuse_check') end as "nself:check"
)
select set_config('nself.answers', concat_ws(',', nullif(current_setting('nself.answers'), ''), "root"), true)
from (
  select to_json("{}")::text as "root"
  from (
    select
      (select count(*) from "written") as "affected_rows",
      (select coalesce(json_agg("{}"), '[]') from (
        select
          "purchase.2"."id" as "id",
          "purchase.2"."amount" as "amount",
          "purchase.2"."note" as "note",
          "purchase.2"."paid" as "paid"
        from "written" as "purchase.2"
      ) as "{}") as "returning"
    
  ) as "{}"
) as "answer"
;
select '[' || current_setting('nself.answers') || ']' as "root"
