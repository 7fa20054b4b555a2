do $$
begin
  execute 'create table wide (id int primary key, '
    || (select string_agg(format('c%s int default %s', n, n), ', ') from generate_series(1, 999) n)
    || ')';
end
$$;
