create table "it's ""hostile""; drop table x; --" (
  "id $1"     int  constraint hostile_pkey primary key,
  "👪 عائلة" text,
  "parent{}"  int references "it's ""hostile""; drop table x; --"
);
insert into "it's ""hostile""; drop table x; --" values (1, 'a', null), (2, 'b', 1);
