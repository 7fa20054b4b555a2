create table room (
  id    int primary key,
  seats int not null
);
create table booking (
  id      int primary key,
  room_id int not null references room,
  guests  int not null,
  wanted  int not null
);
insert into room values (1, 4), (2, 10);
insert into booking values (1, 1, 3, 3), (2, 2, 5, 9);
