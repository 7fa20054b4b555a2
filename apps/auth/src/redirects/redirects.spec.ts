import { RedirectNotAllowed, Redirects } from './redirects';

const redirects = new Redirects({
  serverUrl: 'https://auth.test/v1',
  clientUrl: 'https://app.test/home',
  allowed: ['https://*.family.example', 'https://app-*-preview.house.example:8443/in', 'family://callback'],
});

describe('where browsers may be sent', () => {
  it.each([
    'https://app.test/home/deeper?a=b#c',
    'https://berlin.family.example',
    'https://BERLIN.family.example/any/path',
    'https://app-a1-b2-preview.house.example:8443/in/here',
    'family://callback?from=mail',
  ])('to %s', address => {
    expect(redirects.choose(address)).toBe(address);
  });

  it.each([
    'http://berlin.family.example',
    'https://family.example',
    'https://a.berlin.family.example',
    'https://evil.test/.family.example',
    'https://evil.test#.family.example',
    'https://evil.test\\.family.example',
    'https://evil.test?.family.example',
    'https://me@berlin.family.example',
    'https://berlin.family.example.evil.test',
    'https://berlin.family.example:444',
    'https://app-preview.house.example:8443/in',
    'https://app-a-preview.house.example/in',
    'https://app-a-preview.house.example:8443/inside',
    'https://app-a-preview.house.example:8443/in/../out',
    'https://app-a-preview.house.example:8443/in/%2e%2e/out',
    'https://app.test/home%2f..%2f..',
    'family://elsewhere',
    'javascript://callback/%0aalert(1)',
    '//app.test/home',
    '/home',
  ])('not to %s', address => {
    expect(() => redirects.choose(address)).toThrow(RedirectNotAllowed);
  });
});
