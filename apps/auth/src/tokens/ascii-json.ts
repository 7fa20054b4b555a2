/**
 * JSON whose base64url form holds neither `-` nor `_`.
 *
 * Versions 4.0 to 4.3 of the Nhost SDK decode tokens with a bare `atob`, which knows neither of the two. The sextets
 * 62 and 63 can only come from bytes above 0x7F and from `>`, `?`, `~` and DEL; written as `\uXXXX` none are left.
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7d]|[>?]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
