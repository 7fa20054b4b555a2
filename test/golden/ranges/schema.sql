create table stay (
  id     int primary key,
  nights int4range,
  during daterange,
  prices int4multirange,
  constraint stay_no_overlap exclude using gist (during with &&)
);
insert into stay values (1, '[1,5)', '[2024-01-01,2024-01-10)', '{[1,3),[5,9)}');
