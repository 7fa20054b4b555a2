import { Body, Controller, Get, Ip, Module, Post, Res } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { currentTrace } from '@nself/observability';
import { IsInt, IsObject, IsOptional, IsString, Max } from 'class-validator';
import type { Response } from 'express';
import request from 'supertest';
import { FileRefused, RateLimited } from '../errors';
import { HealthChecks } from '../health';
import { createService } from './service';
import { AnyCharacter } from './storable';
import { Tolerant } from './validation.pipe';

class BreadDto {
  @IsString() kind: string;
  @IsInt() @Max(9) loaves: number;
  @IsOptional() @IsObject() wishes?: object;
  @IsOptional() @IsString() @AnyCharacter() password?: string;
}

@Tolerant()
class OrderDto {
  @IsString() kind: string;
}

@Controller()
class BakeryController {
  @Post('order')
  order(@Body() order: OrderDto): object {
    return { ...order };
  }

  @Post('bread')
  bake(@Body() bread: BreadDto): object {
    return { ...bread, traceId: currentTrace()?.traceId };
  }

  @Get('burnt')
  burn(): never {
    throw new Error('relation "auth.users" does not exist at character 15');
  }

  @Get('stale')
  refuse(): never {
    throw new FileRefused('The picture is damaged.', { extensions: { picture: 7 } });
  }

  @Get('crowd')
  limit(): never {
    throw new RateLimited(undefined, { extensions: { retryAfter: 12 } });
  }

  @Get('halfway')
  breakOff(@Res() response: Response): never {
    response.write('first half');
    throw new Error('the oven fell over');
  }

  @Get('long')
  long(): string {
    return 'flour '.repeat(1000);
  }

  @Get('address')
  address(@Ip() ip: string): string {
    return ip;
  }

  @Get('short')
  short(): string {
    return 'salt';
  }
}

@Module({ controllers: [BakeryController] })
class BakeryModule {}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('a service', () => {
  let app: NestExpressApplication;
  const http = (): ReturnType<typeof request> => request(app.getHttpServer());

  beforeAll(async () => {
    const env = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HTTP_BODY_LIMIT: '2000' };
    ({ app } = await createService(
      { name: 'bakery', module: BakeryModule, settings: [], port: () => 0 },
      env,
    ));
    await app.init();
  });

  afterAll(() => app.close());

  it('carries the trace of the caller through body parsing into the handler and back', async () => {
    const traceparent = `00-${TRACE_ID}-00f067aa0ba902b7-01`;
    const answer = await http()
      .post('/bread')
      .set({ traceparent })
      .send({ kind: 'rye', loaves: 2 })
      .expect(201);
    expect(answer.body).toEqual({ kind: 'rye', loaves: 2, traceId: TRACE_ID });
    expect(answer.headers.traceparent).toContain(TRACE_ID);
  });

  it('keeps idle connections for longer than whoever asks, so that it never closes on a request', async () => {
    const answer = await http().get('/short').set('connection', 'keep-alive').expect(200);
    expect(answer.headers['keep-alive']).toBe('timeout=65');
  });

  it('replaces a traceparent that is not valid', async () => {
    const answer = await http().get('/short').set('traceparent', '00-zz-zz-01').expect(200);
    expect(answer.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('names every field that is wrong, unknown ones among them', async () => {
    const answer = await http().post('/bread').send({ kind: 3, loaves: 20, owner_id: 'me' }).expect(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      status: 400,
      traceId: expect.any(String),
    });
    const fields = answer.body.faults.map((each: { field: string }) => each.field);
    expect(fields.sort()).toEqual(['kind', 'loaves', 'owner_id']);
  });

  it.each([
    ['NUL', { kind: 'ry\0e' }, 'kind'],
    ['half a character', { kind: 'rye\ud83c' }, 'kind'],
    ['either of them further down', { wishes: { crust: ['dark', '\0'] } }, 'wishes.crust.1'],
    ['either of them in a name', { wishes: { 'cr\0ust': 1 } }, 'wishes.cr\ufffdust'],
  ])('refuses text that no database keeps: %s', async (_, wrong, field) => {
    const answer = await http()
      .post('/bread')
      .send({ kind: 'rye', loaves: 2, ...wrong })
      .expect(400);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', faults: [{ field }] });
  });

  it('lets a field that is never kept hold any character', async () => {
    await http().post('/bread').send({ kind: '🍞', loaves: 2, password: 'fl\0ur' }).expect(201);
  });

  it('refuses what is nested deeper than anybody means', async () => {
    const nested = (depth: number): string =>
      `{"kind":"rye","loaves":2,"wishes":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    const send = (depth: number) => http().post('/bread').type('json').send(nested(depth));
    await send(50).expect(201);
    expect((await send(300).expect(400)).body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('lets unknown fields fall away where a protocol wants it, and nothing else', async () => {
    const answer = await http().post('/order').send({ kind: 'rye', owner_id: 'me' }).expect(201);
    expect(answer.body).toEqual({ kind: 'rye' });
    await http().post('/order').send({ kind: 3 }).expect(400);
  });

  it('hides what an unexpected error says', async () => {
    const answer = await http().get('/burnt').expect(500);
    expect(answer.body).toMatchObject({ code: 'INTERNAL', traceId: expect.any(String) });
    expect(answer.text).not.toMatch(/users|relation|service\.spec/);
  });

  it('answers an expected error with its detail and extensions', async () => {
    const answer = await http().get('/stale').expect(422);
    expect(answer.body).toMatchObject({
      code: 'FILE_REFUSED',
      detail: 'The picture is damaged.',
      picture: 7,
    });
  });

  it('says when to come back', async () => {
    const answer = await http().get('/crowd').expect(429);
    expect(answer.headers['retry-after']).toBe('12');
  });

  it.each([
    ['malformed JSON', '{"kind": ', 400, 'BAD_REQUEST'],
    ['a body that is too large', JSON.stringify({ kind: 'x'.repeat(3000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('answers %s as a problem', async (_, body, status, code) => {
    const answer = await http()
      .post('/bread')
      .set('content-type', 'application/json')
      .send(body)
      .expect(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code, traceId: expect.any(String) });
  });

  it('answers an unknown route as a problem that repeats nothing', async () => {
    const answer = await http().get('/../etc/<script>').expect(404);
    expect(answer.body.code).toBe('NOT_FOUND');
    expect(answer.text).not.toContain('script');
  });

  it('cuts the connection when a stream breaks half-way', () =>
    expect(http().get('/halfway')).rejects.toThrow());

  it('compresses what is longer than 1 KiB, and only that', async () => {
    const long = await http().get('/long').set('accept-encoding', 'gzip');
    const short = await http().get('/short').set('accept-encoding', 'gzip');
    expect(long.headers['content-encoding']).toBe('gzip');
    expect(short.headers['content-encoding']).toBeUndefined();
  });

  it('sends security headers and no name of the framework', async () => {
    const { headers } = await http().get('/short');
    expect(headers).toMatchObject({
      'strict-transport-security': expect.any(String),
      'content-security-policy': expect.any(String),
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('is alive whatever it leans on, and ready only with what it needs', async () => {
    const checks = app.get(HealthChecks);
    await http().get('/ready').expect(200);
    checks.add({ name: 'mail', needed: false, check: () => Promise.reject(new Error('no mail')) });
    expect((await http().get('/ready').expect(200)).body).toEqual({
      status: 'degraded',
      checks: { mail: 'degraded' },
    });
    checks.add({
      name: 'flour',
      needed: true,
      check: () => Promise.reject(new Error('mill.internal is down')),
    });
    const unready = await http().get('/ready').expect(503);
    expect(unready.body).toMatchObject({ status: 'unready', checks: { flour: 'down' } });
    expect(unready.text).not.toContain('mill.internal');
    await http().get('/health').expect(200, { status: 'ok' });
  });

  it('believes no client about its address', async () => {
    const { text } = await http().get('/address').set('x-forwarded-for', '203.0.113.9');
    expect(text).not.toContain('203.0.113.9');
  });

  it('believes a proxy that the operator trusts', async () => {
    const env = { NODE_ENV: 'test', LOG_LEVEL: 'silent', TRUSTED_PROXIES: 'loopback' };
    const behind = await createService(
      { name: 'bakery', module: BakeryModule, settings: [], port: () => 0 },
      env,
    );
    await behind.app.init();
    const { text } = await request(behind.app.getHttpServer())
      .get('/address')
      .set('x-forwarded-for', '198.51.100.7, 203.0.113.9');
    expect(text).toBe('203.0.113.9');
    await behind.app.close();
  });

  it('counts requests by route pattern', async () => {
    const { text } = await http().get('/metrics').expect(200);
    expect(text).toContain(
      'nself_http_request_duration_seconds_count{method="GET",route="/short",status="200"}',
    );
    expect(text).not.toContain('etc');
  });
});
