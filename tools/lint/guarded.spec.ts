import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './house';
import { complaints } from './try-rule.fixture';

const at = (code: string): string[] => complaints('guarded', 'apps/api/src/a.ts', code);

describe('guarded', () => {
  it.each<[string, string, string]>([
    ['a gateway', '@WebSocketGateway() class A {}', 'around'],
    ['a message handler', `class A { @SubscribeMessage('x') go() {} }`, 'around'],
    ['a raw handler', `app.use('/secret', handler);`, 'around'],
    ['a raw route', `adapter.get('/secret', handler);`, 'around'],
    ['the server itself', `import { HttpAdapterHost } from '@nestjs/core';`, 'around'],
    ['middleware that may answer', `import { type MiddlewareConsumer } from '@nestjs/common';`, 'around'],
    ['a contradiction', `class A { @Public() @Roles('owner') go() {} }`, 'both'],
    ['a job without its run', '@JobHandler(job) class A { handle(payload) {} }', 'job'],
  ])('refuses %s', (_, code, message) => expect(at(code)).toEqual([message]));

  it.each<[string, string]>([
    ['a route', `@Controller() class A { @Get('x') go() {} }`],
    ['an open route', `@Controller() class A { @Public() @Get('x') go() {} }`],
    ['middleware for everything', 'app.use(helmet());'],
    ['a job with its run', '@JobHandler(job) class A { handle(payload, run) {} }'],
    ['a job of the platform', '@JobHandler(job) class A { handle() {} }'],
    ['a map', `headers.get('/x', 1);`],
  ])('allows %s', (_, code) => expect(at(code)).toEqual([]));

  it('refuses an app with routes whose modules close nothing', () => {
    const app = mkdtempSync(join(ROOT, 'apps', 'spec-'));
    const source = join(app, 'src');
    const main = `${app.slice(ROOT.length + 1)}/src/main.ts`;
    try {
      mkdirSync(source);
      writeFileSync(join(source, 'a.controller.ts'), '@Controller()\nexport class A {}\n');
      expect(complaints('guarded', main, '')).toEqual(['open']);
      writeFileSync(
        join(source, 'a.module.ts'),
        '@Module({ imports: [IdentityModule.forRoot()] })\nexport class B {}\n',
      );
      expect(complaints('guarded', main, '')).toEqual([]);
    } finally {
      rmSync(app, { recursive: true });
    }
  });
});
