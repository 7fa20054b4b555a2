// Ten thousand sockets of one query, in a process of their own: node clients.mjs <json>. Talks to its parent by IPC:
// says 'watching' when every socket has its first answer, and after each change when the last receiver had it.
import { createHmac } from 'node:crypto';
import { WebSocket } from 'ws';

const { port, sockets, families, people, query, key, familyIds } = JSON.parse(process.argv[2]);

function token(n) {
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    'x-hasura-default-role': 'adult',
    'x-hasura-allowed-roles': ['adult'],
    'x-hasura-family-id': familyIds[n % families],
    'x-hasura-user-id': `60000000-0000-4000-8000-${(people ? n : 0).toString(16).padStart(12, '0')}`,
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: 4_000_000_000, 'https://hasura.io/jwt/claims': claims })}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/** Number of a change -> how many sockets have still to hear it. */
const awaited = new Map();
/** The newest change that each socket has heard of; a socket may be quicker than the parent's word that it comes. */
const newest = new Array(sockets).fill(0);
let watching = 0;
let pushes = 0;

function open(n) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    socket.on('open', () =>
      socket.send(
        JSON.stringify({
          type: 'connection_init',
          payload: { headers: { authorization: `Bearer ${token(n)}` } },
        }),
      ),
    );
    socket.on('error', reject);
    socket.on('message', data => {
      const text = data.toString('latin1');
      if (text.startsWith('{"type":"ping"')) return socket.send('{"type":"pong"}');
      if (text.includes('"connection_ack"'))
        return socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      if (!text.includes('"next"')) return reject(new Error(text));
      pushes++;
      if (!socket.seen) {
        socket.seen = true;
        watching++;
        return resolve();
      }
      newest[n] = Math.max(newest[n], Number(/change-(\d+)-/.exec(text)?.[1] ?? 0));
      for (const waited of awaited.values()) hear(waited, n);
    });
  });
}

function hear(waited, n) {
  if (n % families !== waited.family || newest[n] < waited.change) return;
  waited.left.delete(n);
  if (waited.left.size > 0 || !awaited.delete(waited.change)) return;
  process.send({ heard: String(waited.change) });
}

process.on('message', ({ change, family }) => {
  const left = new Set();
  for (let n = family; n < sockets; n += families) left.add(n);
  const waited = { change, family, left };
  awaited.set(change, waited);
  for (const n of [...left]) hear(waited, n);
});

for (let n = 0; n < sockets; n += 100)
  await Promise.all(Array.from({ length: Math.min(100, sockets - n) }, (_, i) => open(n + i)));
process.send({ watching });
setInterval(() => process.send({ pushes }), 1000);
