// Processor time per request of the engine over that of the bare server, on a small world; printed as JSON.
// node gate.mjs <json: { url, database }>, with BENCH_DIST naming the build.
import { compare } from '../graphql.bench.mjs';
import { median } from './processes.mjs';

const settings = JSON.parse(process.argv[2]);
const seen = await compare({
  ...settings,
  rounds: 3,
  seconds: 1.5,
  warmUp: 10,
  scale: 0.05,
  names: ['pk', 'list', 'l1000'],
  withoutContext: false,
});
const ratios = Object.entries(seen).map(([name, { engine, bare }]) => [
  name,
  median(engine.map(({ node, postgres }) => node + postgres)) /
    median(bare.map(({ node, postgres }) => node + postgres)),
]);
console.log(JSON.stringify(Object.fromEntries(ratios)));
