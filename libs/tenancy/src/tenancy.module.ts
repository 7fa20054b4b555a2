import {
  Inject,
  Module,
  Optional,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import {
  adminDatabaseSettings,
  appDatabaseSettings,
  assertPostgresVersion,
  authDatabaseSettings,
  databaseLimitSettings,
  HealthChecks,
  IdempotencyInterceptor,
  IdempotencyStore,
  Pipeline,
  redisSettings,
  type Settings,
  type SettingsOf,
} from '@nself/kernel';
import { identitySettings } from '@nself/identity';
import type { DataSource } from 'typeorm';
import { anonymousContext } from './context';
import { openDataSource, rowsOf, TenantGroup, TenantTransaction, type DoorOptions } from './door';
import { Platform } from './platform';

/** How a service takes part. */
export interface TenancyOptions {
  /** The login of the service: the auth service has its own. */
  readonly database?: 'app' | 'auth';
  /** Flat entities, where a service wants them. */
  readonly entities?: DoorOptions['entities'];
  /** False for a service that never works over all families; it then needs no `ADMIN_DATABASE_URL`. */
  readonly platform?: boolean;
  /** True for a service that works by {@link TenantGroup}; a third of its connections is kept for that. */
  readonly groups?: boolean;
}

type Database = SettingsOf<typeof appDatabaseSettings>;
type Limits = SettingsOf<typeof databaseLimitSettings>;

const DATA_SOURCE = Symbol.for('nself.data-source');

const settingsFor = (database: 'app' | 'auth'): Settings =>
  database === 'auth' ? authDatabaseSettings : appDatabaseSettings;

/** All declarations that a service with identity and tenancy reads. */
export const tenancySettings = ({ database = 'app', platform = true }: TenancyOptions = {}): Settings[] => [
  settingsFor(database),
  ...(platform ? [adminDatabaseSettings] : []),
  databaseLimitSettings,
  identitySettings,
  redisSettings,
];

/** How the connections of a service are divided among its two doors. */
function shareOf({ connections }: Database, groups = false): { door: number; group: number } {
  const group = groups ? Math.max(1, Math.floor(connections / 3)) : 0;
  return { door: Math.max(1, connections - group), group };
}

const dataSource = ({ database = 'app', entities, groups }: TenancyOptions): Provider => ({
  provide: DATA_SOURCE,
  useFactory: (where: Database, limits: Limits) =>
    openDataSource({
      ...where,
      ...limits,
      connections: shareOf(where, groups).door,
      name: `nself ${database}`,
      entities,
    }),
  inject: [settingsFor(database).token, databaseLimitSettings.token],
});

/** Its connections are opened when the first group comes. */
const group = ({ database = 'app' }: TenancyOptions): Provider => ({
  provide: TenantGroup,
  useFactory: (where: Database, limits: Limits, transaction: TenantTransaction) => {
    const connection = {
      connectionString: where.url,
      application_name: `nself ${database} groups`,
      statement_timeout: limits.statementTimeout,
      connectionTimeoutMillis: limits.connectTimeout,
    };
    const pipeline = new Pipeline({ connection, connections: shareOf(where, true).group });
    return new TenantGroup(pipeline, transaction);
  },
  inject: [settingsFor(database).token, databaseLimitSettings.token, TenantTransaction],
});

const door: Provider = {
  provide: TenantTransaction,
  useFactory: (source: DataSource) => new TenantTransaction(source),
  inject: [DATA_SOURCE],
};

const platformDoor: Provider = {
  provide: Platform,
  useFactory: (where: Database, limits: Limits) =>
    new Platform({ ...where, ...limits, name: 'nself platform' }),
  inject: [adminDatabaseSettings.token, databaseLimitSettings.token],
};

/** Idempotency keys belong to nobody's family: their answers are sealed under a key that only the client knows. */
const idempotency: Provider = {
  provide: IdempotencyStore,
  useFactory: (tenancy: TenantTransaction) =>
    new IdempotencyStore((text, values) =>
      tenancy.run(anonymousContext(), manager => rowsOf(manager, text, values)),
    ),
  inject: [TenantTransaction],
};

/**
 * The database as a service may use it. Offers {@link TenantTransaction} and, unless switched off, {@link Platform};
 * adds Postgres to `/ready`; refuses to start on a Postgres that is too old.
 */
@Module({})
export class TenancyModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(DATA_SOURCE) private readonly source: DataSource,
    private readonly door: TenantTransaction,
    private readonly health: HealthChecks,
    @Optional() private readonly groups?: TenantGroup,
  ) {}

  static forRoot(options: TenancyOptions = {}): DynamicModule {
    const platform = options.platform === false ? [] : [platformDoor];
    const groups = options.groups === true ? [group(options)] : [];
    return {
      module: TenancyModule,
      global: true,
      providers: [
        dataSource(options),
        door,
        idempotency,
        ...platform,
        ...groups,
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [
        TenantTransaction,
        IdempotencyStore,
        ...(platform.length > 0 ? [Platform] : []),
        ...(groups.length > 0 ? [TenantGroup] : []),
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.door.run(anonymousContext(), manager =>
      assertPostgresVersion({ query: async text => ({ rows: await rowsOf(manager, text) }) }),
    );
    this.health.add({ name: 'postgres', needed: true, check: () => this.ping() });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.groups?.close();
    await this.source.destroy();
  }

  private async ping(): Promise<void> {
    await this.door.run(anonymousContext(), manager => manager.query('select 1'));
  }
}
