import { Inject, Injectable, Logger } from '@nestjs/common';
import { type SettingsOf, StorageUnavailable } from '@nself/kernel';
import { type RequestContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { storageSettings } from '../media.settings';
import { OBJECT_STORE, type ObjectStore } from '../object-store';
import {
  abandonAnnouncement,
  announceObject,
  confirmObject,
  doomObject,
  renewAnnouncement,
} from './ledger.repository';
import { ObjectSweeper } from './sweeper';

/** What is to become an object: a local file of any size, or bytes that are in memory already. */
export type Arrival = { readonly key: string } & ({ readonly path: string } | { readonly bytes: Buffer });

/**
 * Keeps objects and rows in step, whatever is killed when.
 *
 * Postgres and an object store know no common transaction, so every object passes three steps:
 *
 * 1. *announce*: a row in `storage.pending_objects` says "this key is being written", committed first;
 * 2. *store*: the bytes go to the store, under a key made from their hash;
 * 3. *confirm*: one transaction writes the rows that mean the object and removes the announcement.
 *
 * Killed after 1 or 2, an announcement is left that nobody renews. The sweeper takes it: no row means the object,
 * so the object goes, then the announcement. Killed after 3, everything is there. Removal runs backwards: the
 * transaction that deletes the last row dooms the key, the sweeper removes the object.
 *
 * Each step that looks at a key takes the key's advisory lock, so a sweep and an upload of the same bytes cannot
 * interleave; and a confirmation that finds its announcement gone fails instead of meaning an object that was swept.
 */
@Injectable()
export class ObjectLedger {
  private readonly log = new Logger(ObjectLedger.name);

  constructor(
    private readonly transaction: TenantTransaction,
    private readonly sweeper: ObjectSweeper,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(storageSettings.token) private readonly settings: SettingsOf<typeof storageSettings>,
  ) {}

  /**
   * Stores the arrival and runs `record` in the confirming transaction; what it returns is returned. An object that
   * is there already under this key stays as it is: keys are made so that they name their content.
   * @throws StorageUnavailable when the store does not take the bytes in time
   */
  async keep<T>(
    context: RequestContext,
    familyId: string,
    arrival: Arrival,
    record: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { key } = arrival;
    const announcement = await this.transaction.run(context, manager =>
      announceObject(manager, familyId, key),
    );
    try {
      await this.whileRenewing(context, announcement, () => this.write(arrival));
      return await this.transaction.run(context, async manager => {
        const confirmed = await confirmObject(manager, key, announcement);
        if (!confirmed) throw new StorageUnavailable('Please upload the file again.');
        return record(manager);
      });
    } catch (error) {
      await this.giveUp(context, key, announcement);
      throw error;
    }
  }

  /** Within the caller's transaction: the object may go once no row means it. Call {@link clear} after the commit. */
  async release(manager: EntityManager, familyId: string, key: string): Promise<void> {
    await doomObject(manager, familyId, key);
  }

  /** Removes the object now if nothing means it; what cannot be removed now is left to the next sweep. */
  async clear(key: string): Promise<void> {
    await this.sweeper
      .sweepKey(key)
      .catch((error: Error) => this.log.warn(`left to the next sweep: ${error.message}`));
  }

  /** What cannot be taken back now, the next sweep finds. */
  private async giveUp(context: RequestContext, key: string, announcement: string): Promise<void> {
    await this.transaction
      .run(context, manager => abandonAnnouncement(manager, announcement))
      .catch((error: Error) => this.log.warn(`left to the next sweep: ${error.message}`));
    await this.clear(key);
  }

  private async write(arrival: Arrival): Promise<void> {
    if (await this.store.head(arrival.key)) return;
    const stored =
      'path' in arrival
        ? this.store.adopt(arrival.key, arrival.path)
        : this.store.put(arrival.key, arrival.bytes);
    await stored.catch((error: Error) => {
      throw new StorageUnavailable(undefined, { cause: error });
    });
  }

  /** Storing a large file may take longer than the sweeper's patience; renewing says that we are alive. */
  private async whileRenewing(
    context: RequestContext,
    announcement: string,
    work: () => Promise<void>,
  ): Promise<void> {
    const renew = (): void =>
      void this.transaction
        .run(context, manager => renewAnnouncement(manager, announcement))
        .catch((error: Error) => this.log.warn(`announcement not renewed: ${error.message}`));
    const timer = setInterval(renew, this.settings.sweepGrace / 3);
    await work().finally(() => clearInterval(timer));
  }
}
