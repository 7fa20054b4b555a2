with "written" as (
  insert into "public"."family_member" as "family_member" ("id", "first_name", "boss_id")
  values ($1::integer, $2::text, $3::integer), ($4::integer, $5::text, default)
  on conflict on constraint "family_member_pkey" do update set "first_name" = excluded."first_name"
  where "family_member"."first_name" is not null
  returning json_populate_record(null::"public"."family_member", (select to_json("kept") from (select "family_member"."first_name"::text as "first_name", "family_member"."boss_id"::text as "boss_id") as "kept")) as "row"
)
select set_config('nself.count', count(*)::text, true),
set_config('nself.rows', coalesce(array_agg("row"), '{}')::text, true)
from "written"
;
select to_json("{}")::text as "root"
from (
  select
    'FamilyMemberMutationResponse'::text as "__typename",
    current_setting('nself.count')::bigint as "affectedRows",
    (select coalesce(json_agg("{}"), '[]') from (
      select
        'FamilyMember'::text as "__typename",
        "family_member"."first_name" as "firstName",
        (select "{}" from (
          select
            "family_member.2"."first_name" as "firstName",
            (select "{}" from (
              select
                (select "{}" from (
                  select
                    "sums"."s0" as "count"
                ) as "{}") as "aggregate"
              from (
                select
                  count(*) as "s0"
                from (
                  select
                    1 as "c0"
                  from "public"."family_member" as "family_member.3"
                  where "family_member.3"."boss_id" = "family_member.2"."id"
                ) as "rows"
              ) as "sums"
            ) as "{}") as "teamMembersAggregate"
          from "public"."family_member" as "family_member.2"
          where "family_member.2"."id" = "family_member"."boss_id"
          limit 1
        ) as "{}") as "boss"
      from unnest(current_setting('nself.rows')::"public"."family_member"[]) as "family_member"
    ) as "{}") as "returning"
  
) as "{}"
;
with "written" as (
  update "public"."family_member" as "family_member"
  set "first_name" = $1::text
  where "family_member"."id" = $2::integer
  returning "family_member"."first_name"
)
select coalesce((
  select to_json("{}") from (
    select
      "family_member.2"."first_name" as "firstName"
    from "written" as "family_member.2"
  ) as "{}" limit 1
)::text, 'null') as "root"
