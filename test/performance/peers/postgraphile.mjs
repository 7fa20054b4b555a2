// PostGraphile 5 with the same pool and the same context on every request. Runs on the Node that it needs.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const { url, port, family } = JSON.parse(process.argv[2]);
const server = createServer();
const engine = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: url, schemas: ['public'], poolConfig: { max: 8 } })],
  grafast: { context: () => ({ pgSettings: { 'app.family_id': family, 'app.role': 'adult' } }) },
  grafserv: { graphqlPath: '/v1/graphql', graphiql: false, websockets: false },
});
await engine.createServ(grafserv).addTo(server);
server.listen(port, '127.0.0.1');
