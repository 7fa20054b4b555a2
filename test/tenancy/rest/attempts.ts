import type { Answer, Call } from '../../support';
import type { Case } from './case';
import { KINDS, type Belongings, type Caller, type Kind } from './household';
import { isIdName, parametersOf, type Route } from './routes';

/** One request that somebody sends. */
export interface Request {
  readonly service: string;
  readonly path: string;
  readonly call: Call;
}

export interface Attempt extends Request {
  /** It asks for something of the neighbours: it must be refused. Otherwise it only hints at them. */
  readonly aims: boolean;
}

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The request of a route for what `of` says. */
export function requestOf(route: Route, { path, query, json, form }: Case, of: Belongings): Request {
  const words = path?.(of) ?? [];
  const filled = parametersOf(route).reduce(
    (text, name, index) => text.replace(`:${name}`, encodeURIComponent(words[index] ?? '')),
    route.path,
  );
  const search = query ? `?${new URLSearchParams(query(of)).toString()}` : '';
  const body = form ? { form: multipart(form(of)) } : json ? { json: json(of) } : {};
  return {
    service: route.service,
    path: filled + search,
    call: { method: route.method, redirect: 'manual', ...body },
  };
}

export const sendBy = (caller: Caller, { service, path, call }: Request): Promise<Answer> =>
  caller.call(service, path, call);

/** Every way in which somebody with `ours` asks a route for something of `theirs`. */
export function attemptsOn(route: Route, asked: Case, ours: Belongings, theirs: Belongings): Attempt[] {
  const aimed = mixed(asked, ours, theirs).map(of => requestOf(route, asked, of));
  const named = [...aimed, ...guessedPaths(route, asked, ours, theirs)].map(each => ({
    ...each,
    aims: true,
  }));
  return unique([...named, ...hints(route, asked, ours, theirs, named[0])]);
}

/** Their ids with our secrets: all of them, each alone; and where a signature is asked, theirs with ids of ours. */
function mixed(asked: Case, ours: Belongings, theirs: Belongings): Belongings[] {
  const used = wordsUsed(asked, ours);
  const kinds = kindsUsed(asked, ours);
  if (kinds.length === 0) return [];
  const each = (base: Belongings, other: Belongings): Belongings[] =>
    kinds.map(kind => ({ ...base, [kind]: other[kind] }));
  const signed = used.has('objectLink') || used.has('playbackLink');
  return [{ ...ours, ...idsOf(theirs) }, ...each(ours, theirs), ...(signed ? each(theirs, ours) : [])];
}

/** Each id of theirs, of whatever kind, in each place of the path. */
function guessedPaths(route: Route, asked: Case, ours: Belongings, theirs: Belongings): Request[] {
  const words = asked.path?.(ours) ?? [];
  return parametersOf(route).flatMap((name, place) =>
    isIdName(name)
      ? KINDS.map(kind => {
          const path = words.map((word, index) => (index === place ? theirs[kind] : word));
          return requestOf(route, { ...asked, path: () => path }, ours);
        })
      : [],
  );
}

/** Our own request, or the one that aims, with words about them where nobody asks for any. */
function hints(route: Route, asked: Case, ours: Belongings, theirs: Belongings, aimed?: Attempt): Attempt[] {
  const headers = {
    'x-hasura-family-id': theirs.family,
    'x-family-id': theirs.family,
    'x-hasura-user-id': theirs.owner,
    'x-hasura-role': 'owner',
  };
  const base = aimed && route.method !== 'GET' ? aimed : { ...requestOf(route, asked, ours), aims: false };
  const words = {
    familyId: theirs.family,
    family_id: theirs.family,
    userId: theirs.owner,
    ownerId: theirs.owner,
  };
  const inQuery = `${base.path}${base.path.includes('?') ? '&' : '?'}${new URLSearchParams(words).toString()}`;
  const { json } = base.call;
  return [
    { ...base, call: { ...base.call, headers } },
    ...(route.method === 'GET' ? [{ ...base, path: inQuery }] : []),
    ...(typeof json === 'object' ? [{ ...base, call: { ...base.call, json: { ...json, ...words } } }] : []),
  ];
}

/** The kinds of ids that a case puts into its request. */
export function kindsUsed(asked: Case, of: Belongings): Kind[] {
  const used = wordsUsed(asked, of);
  return KINDS.filter(kind => used.has(kind));
}

function wordsUsed({ path, query, json, form }: Case, of: Belongings): ReadonlySet<string> {
  const used = new Set<string>();
  const watched = new Proxy(of, {
    get: (target, name) => {
      used.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  for (const part of [path, query, json, form]) part?.(watched);
  return used;
}

const idsOf = (of: Belongings): Partial<Belongings> =>
  Object.fromEntries(KINDS.map(kind => [kind, of[kind]]));

function unique(attempts: readonly Attempt[]): Attempt[] {
  const seen = new Map(attempts.map(each => [JSON.stringify([each.path, each.call]), each]));
  return [...seen.values()];
}

function multipart(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([PICTURE], { type: 'image/png' }), 'file');
  return form;
}
