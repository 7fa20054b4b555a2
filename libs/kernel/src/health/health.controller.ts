import { Controller, Get, Header, HttpCode, Res } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { logger, renderMetrics } from '@nself/observability';
import type { Response } from 'express';
import { Public } from '../routes';
import { HealthChecks, type HealthCheck } from './health-checks';

const log = logger('health');

const PATIENCE = 3_000;

/** What `/ready` answers: each dependency by name with up, degraded (not needed) or down. */
export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unready';
  readonly checks: Readonly<Record<string, 'up' | 'degraded' | 'down'>>;
}

/** For machines that watch: am I alive, am I of use, how am I doing. */
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly checks: HealthChecks,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Liveness only: a service whose database is down must not be restarted for it. */
  @Get('health')
  @HttpCode(200)
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.readiness();
    response.status(readiness.status === 'unready' ? 503 : 200);
    return readiness;
  }

  @Get('metrics')
  async metrics(@Res() response: Response): Promise<void> {
    const { contentType, body } = await renderMetrics();
    response.setHeader('content-type', contentType);
    response.send(body);
  }

  private async readiness(): Promise<Readiness> {
    const results = await Promise.all(this.checks.all().map(each => this.run(each)));
    const checks = Object.fromEntries(
      results.flatMap(result => Object.entries(result)).map(([name, { status }]) => [name, status]),
    );
    const states = Object.values(checks);
    if (this.checks.isStopping || states.includes('down')) return { status: 'unready', checks };
    return { status: states.includes('degraded') ? 'degraded' : 'ready', checks };
  }

  private async run({ name, needed, check }: HealthCheck): Promise<HealthIndicatorResult> {
    const result = await this.indicators.check(name).attempt(check).withTimeout(PATIENCE);
    if (result[name]?.status === 'up') return result;
    log.warn({ dependency: name, needed, reason: result[name] }, 'a dependency is down');
    return needed ? result : this.indicators.check(name).degraded();
  }
}
