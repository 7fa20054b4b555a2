import { empty, ident, int, join, literal, nest, param, print, sql, type Sql } from './index';

const text = (tree: Sql) => print(tree).text;

describe('the SQL tree', () => {
  it('numbers places and shares them between equal payloads', () => {
    const one = { is: 1 };
    const two = { is: 2 };
    const printed = print(sql`select ${param(one)}, ${param(two)}, ${param(one)}`);
    expect(printed).toEqual({ text: 'select $1, $2, $1', params: [one, two] });
  });

  it('shares places by a key of the caller', () => {
    const printed = print<{ key: string }>(sql`${param({ key: 'a' })} ${param({ key: 'a' })}`, p => p.key);
    expect(printed.text).toBe('$1 $1');
  });

  it.each([
    ['plain', '"plain"'],
    ['say "hi"', '"say ""hi"""'],
    ['"; drop table x; --', '"""; drop table x; --"'],
    ['عائلة', '"عائلة"'],
    ['👪', '"👪"'],
    ['two\nlines', '"two\nlines"'],
  ])('quotes the name %s', (name, printed) => expect(text(ident(name))).toBe(printed));

  it.each([
    ["it's", "'it''s'"],
    ['back\\slash', " E'back\\\\slash'"],
    ["\\'; drop table x", " E'\\\\''; drop table x'"],
  ])('quotes the literal %s', (value, printed) => expect(text(literal(value))).toBe(printed));

  it('refuses a bare string, also where types are cheated', () => {
    expect(() => sql`select ${'1; drop table x' as unknown as Sql}`).toThrow('only SQL fragments');
    expect(() => join(['x' as unknown as Sql], ', ')).toThrow('only SQL fragments');
    expect(() => sql`${{ kind: 'text', text: 'x' } as unknown as Sql}`).toThrow('only SQL fragments');
  });

  it('refuses zero bytes, nameless names and numbers that are not whole', () => {
    expect(() => ident('a\0b')).toThrow('zero byte');
    expect(() => literal('\0')).toThrow('zero byte');
    expect(() => ident('')).toThrow('needs a name');
    expect(() => int(1.5)).toThrow('whole number');
  });

  it('leaves empty fragments out of lists', () => {
    expect(text(join([sql`a`, empty, sql`b`], ' and '))).toBe('a and b');
  });

  it('indents what is nested, and never inside quotes', () => {
    const inner = sql`
      select ${ident('a\nb')}
      from t`;
    expect(text(sql`select (${nest(inner)})`)).toBe('select (\n  select "a\nb"\n  from t\n)');
  });

  it('is frozen', () => {
    expect(() => Object.assign(sql`select 1`, { kind: 'text' })).toThrow();
  });
});
