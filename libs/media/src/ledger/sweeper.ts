import { Inject, Injectable } from '@nestjs/common';
import type { SettingsOf } from '@nself/kernel';
import { Platform } from '@nself/tenancy';
import { storageSettings } from '../media.settings';
import { OBJECT_STORE, type ObjectStore } from '../object-store';
import { abandonedKeys, forgetAnnouncements, lockKey, meantKeys, standingOf } from './ledger.repository';

const PAGE = 1000;

/** Where objects and rows differ; both lists are empty in a healthy store. */
export interface LedgerFaults {
  readonly objectsWithoutRow: readonly string[];
  readonly rowsWithoutObject: readonly string[];
}

/** Clears away what crashes left, and proves that objects and rows agree. Works across families, so on the platform's behalf. */
@Injectable()
export class ObjectSweeper {
  constructor(
    private readonly platform: Platform,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(storageSettings.token) private readonly settings: SettingsOf<typeof storageSettings>,
  ) {}

  /** Clears everything that was abandoned; answers how many keys were looked at. */
  async sweep(): Promise<number> {
    const keys = await this.platform.asPlatform('sweep unfinished uploads', manager =>
      abandonedKeys(manager, this.settings.sweepGrace, PAGE),
    );
    for (const key of keys) await this.sweepKey(key);
    return keys.length;
  }

  /** Removes the object unless a row means it or somebody is writing it. */
  async sweepKey(key: string): Promise<void> {
    await this.platform.asPlatform('remove an object that no row means', async manager => {
      await lockKey(manager, key);
      const { meant, busy } = await standingOf(manager, key, this.settings.sweepGrace);
      if (busy) return;
      if (!meant) await this.store.delete(key);
      await forgetAnnouncements(manager, key);
    });
  }

  /** Compares the whole store with all rows. Uploads that run meanwhile may show up; ask again before believing. */
  async compare(): Promise<LedgerFaults> {
    const meant = await this.allMeantKeys();
    const objectsWithoutRow: string[] = [];
    for await (const { key } of this.store.list('')) {
      if (!meant.delete(key)) objectsWithoutRow.push(key);
    }
    return { objectsWithoutRow, rowsWithoutObject: [...meant] };
  }

  private async allMeantKeys(): Promise<Set<string>> {
    const all = new Set<string>();
    for (let after = ''; ;) {
      const page = await this.platform.asPlatform('compare objects with rows', manager =>
        meantKeys(manager, after, PAGE),
      );
      for (const key of page) all.add(key);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return all;
      after = last;
    }
  }
}
