import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Installation } from '../support';

// Whole stacks come and go here, on machines that may be slow and busy.
jest.setTimeout(600_000);

/** The README's first query, run as it is written there, on the demo world: a newcomer sees what it promises. */
describe('the README', () => {
  const installation = new Installation();
  afterAll(() => installation.remove());

  it('promises a demo world, a first query and its answer, and keeps it', async () => {
    await installation.start();
    const demo = await installation.run(['demo']);
    expect(demo).toMatchObject({ code: 0, stdout: expect.stringContaining('amal@haddad.example') });
    const [commands = '', answer = ''] = promised();
    const shown = execFileSync('sh', ['-c', withOurPorts(commands)], { encoding: 'utf8' });
    expect(JSON.parse(shown)).toEqual(JSON.parse(answer));
    expect((await installation.run(['demo'])).stdout).toContain('there already');
    expect(JSON.parse(execFileSync('sh', ['-c', withOurPorts(commands)], { encoding: 'utf8' }))).toEqual(
      JSON.parse(answer),
    );
  });

  /** The two code blocks after the mark: what is typed, and what comes back. */
  function promised(): string[] {
    const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
    const [, marked = ''] = readme.split('<!-- run by test/e2e/readme.spec.ts');
    return [...marked.matchAll(/```\w+\n(.*?)```/gs)].slice(0, 2).map(([, text = '']) => text);
  }

  /** A newcomer has the default ports; a test takes those that are free. */
  function withOurPorts(commands: string): string {
    const defaults = { auth: 4000, api: 3001, graphql: 8080 };
    return Object.entries(defaults).reduce(
      (text, [service, port]) => text.replaceAll(`http://127.0.0.1:${port}`, installation.url(service)),
      commands,
    );
  }
});
