create table big (
  id      int8 primary key,
  exact   numeric,
  numbers int8[]
);
insert into big values (9007199254740993, 12345678901234567890.123456789, '{9223372036854775807,-9223372036854775808}');
