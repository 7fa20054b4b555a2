with "written" as (
  insert into "public"."purchase" as "purchase" ("id", "customer_id", "amount", "note")
  values ($1::integer, $2::integer, $3::integer, default), ($4::integer, $2::integer, $5::integer, $6::text), ($7::integer, $2::integer, $8::integer, default)
  on conflict on constraint "purchase_pkey" do update set "amount" = excluded."amount", "paid" = $9::boolean
  where "purchase"."customer_id" = $2::integer
  and "purchase"."amount" < $10::integer
  returning "purchase"."id", "purchase"."amount", "purchase"."note", case when "purchase"."xmax" = 0 then case when "purchase"."amount" > $11::integer then null else current_setting('nself.refuse_check') end else case when "purchase"."amount" < $12::integer then null else current_setting('nself.refuse_check') end end as "nself:check"
)
select to_json("{}")::text as "root"
from (
  select
    (select count(*) from "written") as "affected_rows",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        "purchase.2"."id" as "id",
        "purchase.2"."amount" as "amount",
        "purchase.2"."note" as "note"
      from "written" as "purchase.2"
    ) as "{}") as "returning"
  
) as "{}"
