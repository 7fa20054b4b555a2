/** Follows redirects as a browser does, with cookies, until they lead to `home`. */
export async function wander(start: string, home: string, hops = 12): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = start;
  for (let hop = 0; hop < hops; hop++) {
    if (address.startsWith(home)) return new URL(address);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (!location)
      throw new Error(`${address} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    address = new URL(location, address).href;
  }
  throw new Error(`did not come home from ${start}`);
}
