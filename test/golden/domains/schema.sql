create domain email as text not null check (value like '%@%');
create domain small as int check (value < 100);
create table account (
  id      int primary key,
  address email,
  points  small,
  invited int references account
);
insert into account values (1, 'ada@x.org', 5, null);
