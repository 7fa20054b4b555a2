import type { NestExpressApplication } from '@nestjs/platform-express';
import { logger } from '@nself/observability';
import { setTimeout as wait } from 'node:timers/promises';
import { HealthChecks } from '../health';
import { faultLine, SettingsError, type LoadedSettings } from '../settings';
import { httpSettings } from './http.settings';
import { createService, type ServiceDefinition } from './service';
import { StartError } from '../errors';
import { widenThreadPool } from './thread-pool';

const log = logger('service');

/**
 * Runs a service until it is told to stop: what `apps/<name>/src/main.ts` calls. The definition may be a function, when
 * settings decide over its parts. A start that fails prints one line per fault to standard error and ends the process
 * with exit code 1; SIGTERM and SIGINT end it with 0 after the requests in flight were answered.
 */
export async function startService(defined: ServiceDefinition | (() => ServiceDefinition)): Promise<void> {
  widenThreadPool();
  try {
    const definition = typeof defined === 'function' ? defined() : defined;
    const { app, settings } = await createService(definition);
    const port = definition.port(settings);
    await listen(app, port, settings);
    stopOnSignal(app, settings);
    log.info({ service: definition.name, address: await app.getUrl() }, 'listening');
  } catch (error) {
    for (const line of linesOf(error)) process.stderr.write(`${line}\n`);
    process.exit(1);
  }
}

async function listen(app: NestExpressApplication, port: number, settings: LoadedSettings): Promise<void> {
  const { bindAddress } = settings.get(httpSettings);
  try {
    await app.listen(port, bindAddress);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new StartError(
      `Port ${port} on ${bindAddress} is taken.`,
      'End what listens there or choose another port.',
    );
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** A person gets lines to act on; a mistake in the code gets its stack. */
function linesOf(error: unknown): string[] {
  if (error instanceof SettingsError) return error.faults.map(faultLine);
  if (error instanceof StartError) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function stopOnSignal(app: NestExpressApplication, settings: LoadedSettings): void {
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'stopping');
    shutDown(app, settings).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Milliseconds between two looks for connections whose last request was answered. */
const SWEEP_MS = 50;

/** A server that is closing waits for connections that clients keep open for a next request, so these are closed. */
async function shutDown(app: NestExpressApplication, settings: LoadedSettings): Promise<void> {
  const { shutdownDelay, shutdownTimeout } = settings.get(httpSettings);
  app.get(HealthChecks, { strict: false }).stop();
  await wait(shutdownDelay);
  const server = app.getHttpServer();
  const cut = setTimeout(() => server.closeAllConnections(), shutdownTimeout);
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await app.close();
  clearTimeout(cut);
  clearInterval(sweep);
}
