import { Module, type DynamicModule, type ModuleMetadata, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  appDatabaseSettings,
  authDatabaseSettings,
  Clock,
  REDIS,
  RedisModule,
  SafePool,
  type SettingsOf,
} from '@nself/kernel';
import type { Redis } from 'ioredis';
import { BearerGuard, BearerStrategy, KeyRateGuard, RolesGuard, ScopeGuard } from './guards';
import { identitySettings } from './identity.settings';
import { KeyRates } from './key-rates';
import { RevocationFeed, Revocations } from './revocations';
import { KeySource, RemoteKeys, SharedSecrets, TokenVerifier } from './tokens';

/** How a service takes part. */
export interface IdentityOptions {
  /** The login that reads revocations: the auth service has its own. */
  readonly database?: 'app' | 'auth';
  /** A provider of {@link KeySource}; the published keys of the auth service, or the shared secret, unless said otherwise. */
  readonly keys?: Provider<KeySource>;
  /** What that provider injects. */
  readonly imports?: ModuleMetadata['imports'];
}

type Identity = SettingsOf<typeof identitySettings>;
type Database = SettingsOf<typeof appDatabaseSettings>;

const publishedKeys: Provider<KeySource> = {
  provide: KeySource,
  useFactory: (settings: Identity) =>
    settings.algorithm === 'HS256' ? SharedSecrets.of(settings) : new RemoteKeys(settings.jwksUrl),
  inject: [identitySettings.token],
};

const revocations: Provider = {
  provide: Revocations,
  useFactory: (clock: Clock, { revocationMaxAge }: Identity) => new Revocations(clock, revocationMaxAge),
  inject: [Clock, identitySettings.token],
};

const feedFrom = (database: 'app' | 'auth'): Provider => ({
  provide: RevocationFeed,
  useFactory: (list: Revocations, redis: Redis, { url }: Database) =>
    new RevocationFeed(
      list,
      new SafePool({ connectionString: url, max: 1, application_name: 'revocations' }),
      redis,
    ),
  inject: [Revocations, REDIS, (database === 'auth' ? authDatabaseSettings : appDatabaseSettings).token],
});

/**
 * Who is asking. Importing it closes every route and resolver of the application that does not say `@Public()`, keeps
 * the list of ended sessions, and holds keys to their rates. Needs the settings {@link identitySettings}, those of Redis and of the database.
 */
@Module({})
export class IdentityModule {
  static forRoot({
    database = 'app',
    keys = publishedKeys,
    imports = [],
  }: IdentityOptions = {}): DynamicModule {
    const services: Provider[] = [
      keys,
      revocations,
      feedFrom(database),
      KeyRates,
      TokenVerifier,
      BearerStrategy,
    ];
    return {
      module: IdentityModule,
      global: true,
      imports: [RedisModule, ...imports],
      providers: [
        ...services,
        { provide: APP_GUARD, useClass: BearerGuard },
        { provide: APP_GUARD, useClass: KeyRateGuard },
        { provide: APP_GUARD, useClass: ScopeGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
      ],
      exports: [KeyRates, KeySource, Revocations, TokenVerifier, BearerStrategy],
    };
  }
}
