import { Inject, Injectable, Logger } from '@nestjs/common';
import { type SettingsOf, StorageUnavailable } from '@nself/kernel';
import { type RequestContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { storageSettings } from '../media.settings';
import { contentKey, OBJECT_STORE, type ObjectStore } from '../object-store';
import {
  abandonAnnouncement,
  announceObject,
  confirmObject,
  doomObject,
  renewAnnouncement,
} from './ledger.repository';
import { ObjectSweeper } from './sweeper';

/** A file on the local disk that is to become an object of a family. */
export interface Arrival {
  readonly path: string;
  readonly sha256: string;
}

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
   * Stores the file and runs `record` in the confirming transaction; what it returns is returned.
   * @throws StorageUnavailable when the store does not take the bytes in time
   */
  async keep<T>(
    context: RequestContext,
    familyId: string,
    arrival: Arrival,
    record: (manager: EntityManager, key: string) => Promise<T>,
  ): Promise<T> {
    const key = contentKey(familyId, arrival.sha256);
    const announcement = await this.transaction.run(context, manager =>
      announceObject(manager, familyId, key),
    );
    try {
      await this.whileRenewing(context, announcement, () => this.write(key, arrival.path));
      return await this.transaction.run(context, async manager => {
        if (!(await confirmObject(manager, key, announcement)))
          throw new StorageUnavailable('Please upload the file again.');
        return record(manager, key);
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

  private async write(key: string, path: string): Promise<void> {
    if (await this.store.head(key)) return;
    await this.store.adopt(key, path).catch((error: Error) => {
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
