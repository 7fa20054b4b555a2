set time zone 'UTC';
create table event (
  id    int primary key,
  at    timestamptz not null,
  plain timestamp,
  day   date,
  clock timetz,
  span  interval
);
insert into event values (1, '2024-03-31 01:30:00+01', '2024-03-31 02:30:00', '2024-02-29', '23:59:59.5-08', '1 month 2 days 03:00');
