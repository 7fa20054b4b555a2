import type { QueryRunner } from 'typeorm';

/**
 * Hands a SECURITY DEFINER function to `nself_crossing`, so that it sees past the walls, and lets only the named
 * roles call it. `needs` are the grants that the function reads and writes by, column by column where it matters.
 *
 * Every such function is a hole in the wall that was cut on purpose: it is listed with its reason in
 * `migrations/catalogue/exceptions.ts` and has a test of its own.
 *
 * @param signature `app.my_families()`, with the argument types
 */
export async function crossFamilies(
  q: QueryRunner,
  signature: string,
  { callers, needs = [] }: { callers: string; needs?: string[] },
): Promise<void> {
  const schema = signature.split('.')[0];
  await q.query(
    [
      ...needs.map(need => `grant ${need} to nself_crossing`),
      // To own a function one must be allowed to create it, for this one moment.
      `grant create on schema ${schema} to nself_crossing`,
      `alter function ${signature} owner to nself_crossing`,
      `revoke create on schema ${schema} from nself_crossing`,
      `revoke execute on function ${signature} from public`,
      // The platform, which is past every wall already, may call what anybody may call.
      ...(callers === '' ? [] : [`grant execute on function ${signature} to ${callers}, nself_admin`]),
    ].join(';\n'),
  );
}
