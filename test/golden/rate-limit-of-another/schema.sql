create table purchase (
  id     int primary key,
  amount int not null
);
insert into purchase values (1, 10), (2, 25);
