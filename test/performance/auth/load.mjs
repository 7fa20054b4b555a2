// Keeps a number of requests to auth under way for a while, over bare sockets: the load generator must cost less than
// what it measures. Runs as a process of its own that reads its plan from standard input and prints what it saw, its own
// processor time among it. A person who refreshes rotates a line of her own.
import { readFileSync } from 'node:fs';
import net from 'node:net';

const { port, connections, seconds, kind, people, password } = JSON.parse(readFileSync(0, 'utf8'));

const post = (path, body) => {
  const text = JSON.stringify(body);
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
};

const KINDS = {
  login: ({ email }) => post('/v1/auth/login', { email, password }),
  refresh: ({ refreshToken }) => post('/v1/auth/refresh', { refreshToken }),
  me: ({ accessToken }) =>
    `GET /v1/auth/me HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${accessToken}\r\n\r\n`,
};

const request = KINDS[kind];
const end = performance.now() + seconds * 1000;
let done = 0;

/** One connection; connection n speaks for the persons n, n + connections, n + 2 connections and so on. */
function connect(_, number) {
  return new Promise((resolve, reject) => {
    const mine = people.filter((_, at) => at % connections === number);
    const socket = net.connect(port, '127.0.0.1');
    let turn = -1;
    let answer = '';
    const ask = () => {
      turn = (turn + 1) % mine.length;
      answer = '';
      socket.write(request(mine[turn]));
    };
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('data', chunk => {
      answer += chunk;
      const body = bodyOf(answer);
      if (body === undefined) return;
      if (!answer.startsWith('HTTP/1.1 200')) return reject(new Error(answer.slice(0, 500)));
      if (kind === 'refresh') ({ refreshToken: mine[turn].refreshToken } = JSON.parse(body));
      done++;
      if (performance.now() < end) return ask();
      socket.end();
      resolve();
    });
  });
}

/** The body, once all of it is there. */
function bodyOf(answer) {
  const at = answer.indexOf('\r\n\r\n');
  if (at < 0) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
  const body = answer.slice(at + 4);
  return Buffer.byteLength(body) >= length ? body : undefined;
}

const started = process.cpuUsage();
const begun = performance.now();
await Promise.all(Array.from({ length: connections }, connect));
const took = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ requests: done, perSecond: done / took, cpu: (user + system) / 1e6, people }));
