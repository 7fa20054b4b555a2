create table customer (
  id   int  primary key,
  name text not null,
  town text
);
create table purchase (
  id          int     primary key,
  customer_id int     not null references customer,
  amount      int     not null,
  paid        boolean not null default false,
  note        text
);
insert into customer values (1, 'Ada', 'Bern'), (2, 'Bob', 'Rome'), (3, 'Cy', null);
insert into purchase values (1, 1, 10, true, 'a'), (2, 1, 25, false, null), (3, 2, 7, false, 'b'), (4, 2, 9, false, null);
