import { isKeptEmail, keptEmail, plainEmail } from './email';

describe('addresses', () => {
  it.each([
    [' Amina.K+Home@Example.ORG ', 'amina.k+home@example.org'],
    ['amina@Bücher.example', 'amina@xn--bcher-kva.example'],
    ['amina@xn--bcher-kva.example', 'amina@xn--bcher-kva.example'],
  ])('%s are kept in one spelling', (typed, kept) => {
    expect(plainEmail(typed)).toBe(kept);
    expect(isKeptEmail(kept)).toBe(true);
  });

  it.each([
    'jürgen@example.org',
    '"amina k"@example.org',
    'amina@localhost',
    'amina@exa/mple.org',
    'é@x',
    '',
  ])('that the database keeps none of are refused: %s', typed => {
    expect(isKeptEmail(plainEmail(typed))).toBe(false);
    expect(keptEmail(typed)).toBeNull();
  });
});
