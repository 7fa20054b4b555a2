create table family_member (
  id         int  primary key,
  first_name text not null,
  boss_id    int  references family_member
);
insert into family_member values (1, 'Ada', null);
