import { Injectable } from '@nestjs/common';

/**
 * One thing that a service leans on. `check` resolves when it works and rejects when it does not; when `needed` is
 * false the service goes on without it and only says so.
 */
export interface HealthCheck {
  readonly name: string;
  readonly needed: boolean;
  readonly check: () => Promise<void>;
}

/** The list behind `/ready`. A module adds what it leans on when it starts. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();
  private stopping = false;

  add(check: HealthCheck): void {
    this.checks.set(check.name, check);
  }

  all(): readonly HealthCheck[] {
    return [...this.checks.values()];
  }

  /** From now on `/ready` says 503, so that load balancers send requests elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }
}
