// The limit of the machine: a plain Node HTTP server that sends the engine's own SQL with the same context in one
// pipelined write, through the same driver, and passes the bytes through. It knows no GraphQL while it serves.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { dist, url, port, statements, family, context } = JSON.parse(process.argv[2]);
const { Pipeline, prepared, withLimits } = require(`${dist}/libs/kernel/src/index.js`);
const { contextStatement } = require(`${dist}/libs/tenancy/src/index.js`);

const pipeline = new Pipeline({ connection: { connectionString: url }, connections: 8 });
const session = { 'x-hasura-role': 'adult', 'x-hasura-family-id': family };
const { text, values } = contextStatement({
  familyId: family,
  userId: null,
  role: 'adult',
  traceId: '0'.repeat(32),
  session,
});
const ctx = withLimits(prepared(text, values), { timeoutMs: 30_000, readOnly: true });
const write = withLimits(prepared(text, values), { timeoutMs: 30_000, readOnly: false });
const known = new Map(
  statements.map(one => [
    one.query,
    { ...one, before: Buffer.from(`{"data":{"${one.alias}":`), ...prepared(one.sql, one.values) },
  ]),
);
const AFTER = Buffer.from('}}');

createServer((request, response) => {
  if (request.method === 'GET') return response.end();
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', async () => {
    const { query, variables } = JSON.parse(parts.length === 1 ? parts[0] : Buffer.concat(parts));
    const one = known.get(query);
    const given =
      one.hole === undefined
        ? one.values
        : one.values.map((value, at) => (at === one.hole ? variables[one.variable] : value));
    const group = {
      readOnly: !one.writes,
      statements: [...one.preceding, { text: one.text, name: one.name, values: given }],
    };
    const rows = (await pipeline.run(context ? { context: one.writes ? write : ctx, ...group } : group)).at(
      -1,
    );
    const body = rows[0][0];
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': one.before.length + body.length + 2,
    });
    response.cork();
    response.write(one.before);
    response.write(body);
    response.end(AFTER);
    response.uncork();
  });
}).listen(port, '127.0.0.1', () => console.log('ready'));
