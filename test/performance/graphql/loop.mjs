// A closed loop of connections that ask as fast as they are answered, over bare sockets; for machines without wrk.
// Runs as a process of its own that reads its plan from standard input.
import { readFileSync } from 'node:fs';
import net from 'node:net';

const { port, connections, seconds, requests } = JSON.parse(readFileSync(0, 'utf8'));
const payloads = requests.map(({ headers, body }) => {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    host: 'bench',
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...headers,
  });
  return Buffer.concat([
    Buffer.from(`POST /v1/graphql HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n`),
    bytes,
  ]);
});

const latencies = [];
let failures = 0;
let next = 0;
const end = performance.now() + seconds * 1000;

function connect() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let wanted = -1;
    let got = 0;
    let head = Buffer.alloc(0);
    let begun = 0;
    const ask = () => {
      begun = performance.now();
      socket.write(payloads[next++ % payloads.length]);
    };
    const done = () => {
      latencies.push(performance.now() - begun);
      wanted = -1;
      got = 0;
      if (performance.now() < end) return ask();
      socket.end();
      resolve();
    };
    socket.setNoDelay(true);
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('data', chunk => {
      if (wanted < 0) {
        head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
        const at = head.indexOf('\r\n\r\n');
        if (at < 0) return;
        const text = head.toString('latin1', 0, at);
        wanted = Number(/content-length: (\d+)/i.exec(text)?.[1]);
        if (!text.startsWith('HTTP/1.1 200') || head.includes('"errors"', at)) failures++;
        got = head.length - at - 4;
        head = Buffer.alloc(0);
      } else got += chunk.length;
      if (got >= wanted) done();
    });
  });
}

await Promise.all(Array.from({ length: connections }, connect));
latencies.sort((a, b) => a - b);
const at = share => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
console.log(
  JSON.stringify({
    requests: latencies.length,
    failures,
    p50: at(0.5),
    p99: at(0.99),
    perSecond: latencies.length / seconds,
  }),
);
