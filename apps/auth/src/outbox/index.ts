import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets';
import { Courier } from './courier';
import { Outbox } from './outbox';
import { OutboxRepository } from './outbox.repository';

export { Courier } from './courier';
export { Undeliverable, type Message } from './message';
export { Outbox } from './outbox';
export { outboxSettings } from './outbox.settings';

/** What is sent when a transaction has committed. */
@Module({
  imports: [SecretsModule],
  providers: [Courier, Outbox, OutboxRepository],
  exports: [Courier, Outbox],
})
export class OutboxModule {}
