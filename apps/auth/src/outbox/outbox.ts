import { Injectable } from '@nestjs/common';
import { currentTrace, formatTraceparent } from '@nself/observability';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { Secrets } from '../secrets';
import { Courier } from './courier';
import type { Topic } from './message';
import { OutboxRepository } from './outbox.repository';

/**
 * What is to be sent once a transaction has committed, and only then: it is a row of that transaction, so that no kill
 * can lose it and no rollback send it.
 *
 * Links and codes that open accounts pass through here. They are sealed under the master key and bound to their row,
 * so that neither the database nor a backup of it gives one away; they are wiped on delivery, and are never sent after
 * they have lost their meaning.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly rows: OutboxRepository,
    private readonly secrets: Secrets,
    private readonly courier: Courier,
  ) {}

  /** @param lifeSeconds after which nobody needs the message any more */
  async put(manager: EntityManager, topic: Topic, content: object, lifeSeconds: number): Promise<void> {
    const id = uuidV7();
    const sealed = this.secrets.seal('messages on their way', JSON.stringify(content), id);
    const trace = currentTrace();
    const traceparent = trace ? formatTraceparent(trace) : null;
    await this.rows.insert(manager, { id, topic, sealed, traceparent }, lifeSeconds);
    this.courier.expect();
  }

  /** The same in a transaction of its own: for what was asked for and must not be forgotten once it is answered. */
  async send(topic: Topic, content: object, lifeSeconds: number): Promise<void> {
    await this.tenants.run(anonymousContext(), manager => this.put(manager, topic, content, lifeSeconds));
  }
}
