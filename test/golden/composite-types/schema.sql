create type money_of as (amount numeric, currency text);
create table price (
  id     int primary key,
  cost   money_of,
  others money_of[]
);
insert into price values (1, '(12.50,CHF)', '{"(1,EUR)","(2,\"U,SD\")"}');
create table shop (id int primary key, price_id int references price);
insert into shop values (1, 1);
