/** The cookies of a browser by their names; all that it meets are on one host. */
export type Cookies = Map<string, string>;

export const cookieHeader = (cookies: Cookies): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const HOPS = 12;

/** Follows redirects as a browser does, with cookies, until they lead to `home`, which is not opened. */
export async function wander(start: string, home: string, cookies: Cookies = new Map()): Promise<URL> {
  let address = start;
  for (let hop = 0; hop < HOPS; hop++) {
    if (address.startsWith(home)) return new URL(address);
    const headers = { cookie: cookieHeader(cookies) };
    const answer = await fetch(address, { redirect: 'manual', headers });
    keep(answer, cookies);
    const location = answer.headers.get('location');
    if (!location)
      throw new Error(`${address} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    address = new URL(location, address).href;
  }
  throw new Error(`did not come home from ${start}`);
}

/** Keeps what an answer sets. */
export function keep(answer: Response, cookies: Cookies): void {
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
}
