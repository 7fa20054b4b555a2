import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { collectProcessMetrics, setLogLevel } from '@nself/observability';
import compression from 'compression';
import helmet from 'helmet';
import { ClockModule } from '../clock';
import { HealthModule } from '../health';
import {
  loadSettings,
  SettingsModule,
  type Environment,
  type LoadedSettings,
  type Settings,
} from '../settings';
import { httpSettings } from './http.settings';
import { NestLogger } from './nest-logger';
import { ProblemFilter } from './problem.filter';
import { traceMiddleware } from './trace.middleware';
import { DtoPipe } from './validation.pipe';

/** What makes a service: one of these stands in each `apps/<name>/src/main.ts`. */
export interface ServiceDefinition {
  readonly name: string;
  /** The application's own root module. */
  readonly module: Type<unknown>;
  /** Declarations of every room that the service uses. */
  readonly settings: readonly Settings[];
  readonly port: (settings: LoadedSettings) => number;
  /** Last touches: cookies, static pages, sockets. Runs before routes are made. */
  readonly configure?: (app: NestExpressApplication, settings: LoadedSettings) => void | Promise<void>;
}

/** A service that is put together and not yet listening. */
export interface PreparedService {
  readonly app: NestExpressApplication;
  readonly settings: LoadedSettings;
}

/**
 * How long an idle connection stays open, in milliseconds: longer than proxies and clients keep theirs. Where the server
 * closes first, a request that is sent at that moment is lost, and nobody can tell whether it was done.
 */
const IDLE_MS = 65_000;

@Module({})
class ServiceRoot {}

/**
 * Puts a service together: settings, trace, security headers, compression, validation, problem documents, health
 * routes. Does not listen; tests call `app.init()` or `app.listen(0)`.
 *
 * @throws SettingsError when the environment is not right.
 */
export async function createService(
  definition: ServiceDefinition,
  env: Environment = process.env,
): Promise<PreparedService> {
  const declarations = [...new Set([httpSettings, ...definition.settings])];
  const settings = loadSettings(declarations, env);
  setLogLevel(settings.get(httpSettings).logLevel);
  collectProcessMetrics();
  const root = {
    module: ServiceRoot,
    imports: [
      SettingsModule.forRoot(declarations, settings),
      ClockModule,
      HealthModule.forRoot(),
      definition.module,
    ],
  };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    logger: new NestLogger(),
    abortOnError: false,
    rawBody: true,
    bodyParser: false,
  });
  app.getHttpServer().keepAliveTimeout = IDLE_MS;
  furnish(app, settings);
  await definition.configure?.(app, settings);
  return { app, settings };
}

/** The order matters: the trace is first so that everything after it, refusals included, can name it. */
function furnish(app: NestExpressApplication, settings: LoadedSettings): void {
  const { trustedProxies, corsOrigins, bodyLimit, logRequests } = settings.get(httpSettings);
  app.use(traceMiddleware({ logRequests }));
  app.use(helmet());
  app.use(compression({ threshold: 1024 }));
  if (trustedProxies.length > 0) app.set('trust proxy', trustedProxies);
  if (corsOrigins.length > 0) app.enableCors({ origin: [...corsOrigins], credentials: true });
  app.useBodyParser('json', { limit: bodyLimit });
  app.useBodyParser('urlencoded', { limit: bodyLimit, extended: false });
  app.useGlobalPipes(new DtoPipe());
  app.useGlobalFilters(new ProblemFilter());
}
