create table product (
  id    int     primary key,
  kind  text    not null,
  price numeric not null
);
create function taxed(product product, rate numeric default 0.1, extra numeric default 0) returns numeric
  language sql stable
  return product.price * (1 + rate) + extra;
create function label(product product) returns text
  language sql stable
  return product.kind || product.id;
insert into product values (1, 'a', 10), (2, 'a', 20), (3, 'b', 30), (4, 'b', 1000);
