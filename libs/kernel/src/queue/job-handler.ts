import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { JobDefinition } from './job';

/** One run of a job. `version` is that of the release that enqueued it; `signal` tells when to stop. */
export interface JobRun {
  readonly id: string;
  readonly familyId: string | null;
  readonly attempt: number;
  readonly version: number;
  readonly signal: AbortSignal;
}

/** What does the work. Throwing means: try again, later. A job may run twice and must not mind. */
export interface HandlesJob<Payload> {
  handle(payload: Payload, run: JobRun): Promise<unknown>;
}

const handledBy = DiscoveryService.createDecorator<{ name: string }>();

/**
 * Marks the provider that handles a kind of job: `@JobHandler(processMedia) @Injectable() class MediaProcessor`. A
 * handler works as nobody: it opens the tenancy door with the family of its run, or says aloud that it needs all.
 */
export function JobHandler<Payload>(job: JobDefinition<Payload>) {
  return (target: new (...dependencies: never[]) => HandlesJob<Payload>): void => {
    Injectable()(target);
    handledBy({ name: job.name })(target);
  };
}

/** Finds the handler of a job by name. Needs Nest's `DiscoveryModule`. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  private readonly handlers = new Map<string, HandlesJob<unknown>>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const handled = wrapper.metatype && this.discovery.getMetadataByDecorator(handledBy, wrapper);
      if (handled) this.add(handled.name, wrapper.instance);
    }
  }

  /** The handler of this kind of job, unless nobody here handles it. */
  find(name: string): HandlesJob<unknown> | undefined {
    return this.handlers.get(name);
  }

  /** Names of all jobs that are handled here. */
  names(): string[] {
    return [...this.handlers.keys()];
  }

  private add(name: string, handler: HandlesJob<unknown>): void {
    if (this.handlers.has(name)) throw new Error(`Two handlers want the job ${name}.`);
    this.handlers.set(name, handler);
  }
}
