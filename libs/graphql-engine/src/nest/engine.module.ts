import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type InjectionToken,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthChecks } from '@nself/kernel';
import type { TrustsProxy } from '../gateway/http/address';
import { EngineService, type ServiceOptions } from '../service';

/** How an application brings the engine its options. */
export interface EngineModuleOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...dependencies: never[]) => ServiceOptions | Promise<ServiceOptions>;
}

/**
 * The porch: the only place of the engine that knows Nest. It starts and stops the engine with the application, adds
 * the database to `/ready`, and lets the engine answer its own addresses before Nest's router sees them.
 */
@Module({})
export class EngineModule implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly service: EngineService,
    private readonly host: HttpAdapterHost,
    private readonly health: HealthChecks,
  ) {}

  static forRootAsync({ imports = [], inject = [], useFactory }: EngineModuleOptions): DynamicModule {
    const service = {
      provide: EngineService,
      inject,
      useFactory: async (...dependencies: never[]) => new EngineService(await useFactory(...dependencies)),
    };
    return { module: EngineModule, imports, providers: [service], exports: [EngineService] };
  }

  async onModuleInit(): Promise<void> {
    await this.service.start();
    const { httpAdapter } = this.host;
    const express: { get(setting: string): TrustsProxy } = httpAdapter.getInstance();
    this.service.attach(httpAdapter.getHttpServer(), express.get('trust proxy fn'));
    this.health.add({ name: 'postgres', needed: true, check: () => this.service.ping() });
  }

  /** Nest closes the server after this, and ends what the engine needs only when the last request is answered. */
  beforeApplicationShutdown(): void {
    this.service.closeSockets();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.service.stop();
  }
}
