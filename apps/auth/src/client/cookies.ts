import type { Request } from 'express';

/** The value of a cookie that the client sent. */
export function cookieOf(request: Request, name: string): string | undefined {
  const cookies = (request.get('cookie') ?? '').split(';').map(each => each.trim());
  return cookies.find(each => each.startsWith(`${name}=`))?.slice(name.length + 1);
}
