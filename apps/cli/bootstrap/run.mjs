import { spawn } from 'node:child_process';

/** What a person has to know, and what they can do about it. */
export class Fault extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** Runs a program quietly behind one line of progress; shows what it said only when it fails. */
export async function quietly(label, [file, ...args], { cwd, remedy }) {
  const begunAt = Date.now();
  const stop = announce(label);
  const output = [];
  const code = await new Promise(resolve => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.once('error', error => resolve(error.message));
    child.once('close', resolve);
  });
  stop();
  if (code === 0) return note(`✓ ${label} ${((Date.now() - begunAt) / 1000).toFixed(1)} s`);
  throw new Fault(
    [`${label} failed (${code}).`, ...telling(Buffer.concat(output).toString())].join('\n  '),
    remedy,
  );
}

/** What a person can use of it: errors, where a program marks them; no blank lines, no frames of a stack. */
function telling(said) {
  const lines = said.split('\n').filter(line => line.trim() && !/^\s*(at |\d+: |npm warn)/.test(line));
  const errors = lines.filter(line => /^npm error/.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 20);
}

function note(line) {
  process.stderr.write(`  ${line}\n`);
}

function announce(label) {
  if (!process.stderr.isTTY) return () => undefined;
  const begunAt = Date.now();
  const draw = () => {
    process.stderr.write(`\r\u001b[2K  … ${label} ${Math.floor((Date.now() - begunAt) / 1000)} s`);
  };
  draw();
  const timer = setInterval(draw, 500);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\u001b[2K');
  };
}
