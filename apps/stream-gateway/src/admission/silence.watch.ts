import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SettingsOf } from '@nself/kernel';
import { logger } from '@nself/observability';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import { gatewaySettings } from '../gateway.settings';
import { StreamRepository } from './stream.repository';

const log = logger('streams');

/** Ends, in every family, the streams that have fallen silent. Counting already leaves them out; this writes it down. */
@Injectable()
export class SilenceWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout;

  constructor(
    private readonly transaction: TenantTransaction,
    private readonly streams: StreamRepository,
    @Inject(gatewaySettings.token) private readonly settings: SettingsOf<typeof gatewaySettings>,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), this.settings.silence / 3);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      const ended = await this.transaction.run(anonymousContext(), manager =>
        this.streams.endSilent(manager, this.settings.silence),
      );
      if (ended > 0) log.info({ ended }, 'ended silent streams');
    } catch (error) {
      log.warn({ err: error }, 'could not look for silent streams; the next look comes soon');
    }
  }
}
