import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { createService, type ServiceDefinition } from '@nself/kernel';
import { Client } from 'pg';
import { apiService } from '../../apps/api/src/service';
import { authService } from '../../apps/auth/src/auth.service';
import { gatewayService } from '../../apps/stream-gateway/src/service';
import { expectStatus, Person, testStack, type Answer, type TestStack } from '../support';

const services: Readonly<Record<string, ServiceDefinition>> = {
  auth: authService,
  api: apiService,
  'stream-gateway': gatewayService,
};

interface Route {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

/** What the neighbours have that a path can name. */
interface Belongings {
  readonly ids: readonly string[];
  readonly family: string;
  readonly person: string;
}

/**
 * T2 and T4 over REST: every route that a service really has, with the ids of another family in path, query, header
 * and body. What comes back names nothing of theirs, and their rows are as they were.
 */
describe('REST shows and changes nothing of another family', () => {
  let stack: TestStack;
  let db: Client;
  let us: Person;
  let them: Person;
  let theirs: Belongings;
  let attempts = 0;
  const routes: Route[] = [];

  beforeAll(async () => {
    stack = await testStack(Object.keys(services));
    db = new Client({ connectionString: stack.database.ownerUrl });
    await db.connect();
    us = await Person.register(stack, 'Ada');
    them = await Person.register(stack, 'Zoe');
    theirs = await furnish(them);
    for (const name of Object.keys(services)) routes.push(...(await routesOf(name)));
  }, 300_000);

  afterAll(async () => {
    console.info(`${attempts} attempts on ${routes.length} routes, none succeeded`);
    await db?.end();
    await stack?.stop();
  });

  it('finds the routes of every service', () => {
    for (const name of Object.keys(services))
      expect(routes.filter(({ service }) => service === name).length).toBeGreaterThan(3);
  });

  it('works with its own ids', async () => {
    expectStatus(await them.call('auth', `/v1/families/${theirs.family}/members`), 200);
    expectStatus(await them.call('stream-gateway', '/v1/streams', { json: wish() }), 201);
  });

  it('answers nothing of theirs on any route, whatever names it', async () => {
    const before = await standing();
    const shown: string[] = [];
    for (const route of routes.filter(({ path }) => path.includes(':'))) {
      for (const path of aimed(route.path)) shown.push(...(await tryOut({ ...route, path })));
    }
    for (const route of routes.filter(({ path, method }) => method === 'GET' && !path.includes(':'))) {
      const query = `familyId=${theirs.family}&family_id=${theirs.family}&userId=${theirs.person}`;
      shown.push(...(await tryOut(route)), ...(await tryOut({ ...route, path: `${route.path}?${query}` })));
    }
    expect(shown).toEqual([]);
    expect(await standing()).toBe(before);
    // They were refused as what they are, not because the asker had been signed out meanwhile.
    expectStatus(await us.call('auth', '/v1/auth/me'), 200);
  }, 600_000);

  it('refuses their ids in a body', async () => {
    const before = await standing();
    const bodies: [service: string, path: string, json: object][] = [
      ['auth', '/v1/family/switch', { familyId: theirs.family }],
      ['auth', `/v1/families/${us.familyId}/transfer`, { userId: theirs.person }],
      ['auth', `/v1/families/${theirs.family}/transfer`, { userId: us.id }],
      ['auth', `/v1/families/${theirs.family}/invitations`, { role: 'OWNER' }],
      ['stream-gateway', '/v1/streams', wish()],
    ];
    for (const [service, path, json] of bodies) {
      attempts++;
      const { status } = await us.call(service, path, { json });
      expect({ path, refused: status >= 400 && status < 500 }).toEqual({ path, refused: true });
    }
    expect(await standing()).toBe(before);
  });

  it.each(['not-a-uuid', '%00', `'%20or%20true--`, '00000000-0000-0000-0000-000000000000', '%20'])(
    'refuses the id %s without a fault of its own',
    async id => {
      for (const { service, method, path } of routes.filter(each => each.path.includes(':'))) {
        attempts++;
        const { status } = await us.call(service, path.replace(/:\w+/g, id), { method, ...bodyOf(method) });
        expect({ method, path, status, fault: status >= 500 }).toMatchObject({ fault: false });
      }
    },
    300_000,
  );

  /** Everything of theirs that an answer names, unless the question did. */
  async function tryOut({ service, method, path }: Route): Promise<string[]> {
    attempts++;
    const headers = { 'x-hasura-family-id': theirs.family, 'x-family-id': theirs.family };
    const answer = await us.call(service, path, { method, headers, ...bodyOf(method) });
    const text = textOf(answer);
    const named = [...theirs.ids, them.email].filter(id => text.includes(id) && !path.includes(id));
    const served =
      answer.status < 300 && [...theirs.ids].some(id => path.includes(id)) && !path.includes('?');
    return named.length > 0 || (served && text.length > 2)
      ? [`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`]
      : [];
  }

  /** A path with each of their ids in every place. */
  function aimed(path: string): string[] {
    const byName = path
      .replace(/families\/:id/, `families/${theirs.family}`)
      .replace(':familyId', theirs.family)
      .replace(':userId', theirs.person);
    return byName.includes(':') ? theirs.ids.map(id => byName.replace(/:\w+/g, id)) : [byName];
  }

  const wish = () => ({ contentId: theirs.ids[2], deviceId: theirs.ids[3] });

  async function furnish(owner: Person): Promise<Belongings> {
    const row = async (text: string): Promise<string> =>
      (await db.query<{ id: string }>(text, [owner.familyId])).rows[0]!.id;
    const content = await row(
      `insert into stream_contents (family_id, title, source_url) values ($1, 'Theirs', 'https://media.example.org/a.m3u8') returning id`,
    );
    const device = await row(
      `insert into devices (family_id, type, name, trusted) values ($1, 'tv', 'Theirs', true) returning id`,
    );
    const { rows } = await db.query<{ id: string }>('select id from auth.sessions where user_id = $1', [
      owner.id,
    ]);
    const ids = [owner.familyId, owner.id, content, device, ...rows.map(({ id }) => id)];
    return { ids, family: owner.familyId, person: owner.id };
  }

  /** A hash of all that is theirs. */
  async function standing(): Promise<string> {
    const { rows: tables } = await db.query<{ name: string }>(
      `select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'family_id' and c.relkind = 'r' order by 1`,
    );
    const hash = createHash('sha256');
    for (const { name } of tables) {
      const text = `select coalesce(string_agg(t::text, '|' order by t::text), '') as rows from ${name} t where family_id = $1`;
      hash.update(name).update((await db.query<{ rows: string }>(text, [theirs.family])).rows[0]!.rows);
    }
    return hash.digest('hex');
  }

  /** What the framework's own router knows. */
  async function routesOf(service: string): Promise<Route[]> {
    const { app } = await createService(services[service]!, stack.environment(service));
    await app.init();
    const express = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const found = express.router.stack.flatMap(({ route }) =>
      Object.keys(route?.methods ?? {}).map(method => ({
        service,
        method: method.toUpperCase(),
        path: String(route?.path),
      })),
    );
    await app.close();
    return found.filter(
      ({ path, method }) => path.startsWith('/v1') && /GET|POST|PUT|PATCH|DELETE/.test(method),
    );
  }
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

const bodyOf = (method: string): { json?: object } => (method === 'GET' ? {} : { json: {} });

const textOf = ({ body }: Answer): string => (typeof body === 'string' ? body : JSON.stringify(body));
