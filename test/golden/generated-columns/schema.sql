create table item (
  id    int generated always as identity primary key,
  price numeric not null,
  count int not null default 1,
  total numeric generated always as (price * count) stored
);
insert into item (price, count) values (2.5, 2);
