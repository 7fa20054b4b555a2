import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { logger } from '@nself/observability';
import { HealthChecks, type SettingsOf, StartError } from '@nself/kernel';
import { ObjectLedger, ObjectSweeper } from './ledger';
import { storageSettings } from './media.settings';
import {
  FileObjectStore,
  OBJECT_STORE,
  type ObjectStore,
  removeLeftovers,
  S3ObjectStore,
} from './object-store';
import { VariantMaker } from './variants';

const log = logger('objects');

type StorageSettings = SettingsOf<typeof storageSettings>;

/** Opens the store that the settings name. @throws StartError when S3 is chosen and half described */
export function openObjectStore(settings: StorageSettings): ObjectStore {
  if (settings.driver === 'file') return new FileObjectStore(settings.path);
  const { endpoint, accessKey, secretKey, region, bucket, layout } = settings;
  if (!endpoint || !accessKey || !secretKey) {
    throw new StartError(
      'STORAGE_DRIVER is s3, but S3_ENDPOINT, S3_ACCESS_KEY or S3_SECRET_KEY is missing.',
      'Set all three.',
    );
  }
  return new S3ObjectStore({ endpoint: new URL(endpoint), accessKey, secretKey, region, bucket, layout });
}

/** Object storage with its ledger, and its place in `/ready`. */
@Module({
  providers: [
    { provide: OBJECT_STORE, useFactory: openObjectStore, inject: [storageSettings.token] },
    ObjectLedger,
    ObjectSweeper,
    VariantMaker,
  ],
  exports: [OBJECT_STORE, ObjectLedger, ObjectSweeper, VariantMaker],
})
export class MediaModule implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly checks: HealthChecks,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(storageSettings.token) private readonly settings: StorageSettings,
  ) {}

  /** A folder that cannot be written is found at start, not by the first upload. */
  async onModuleInit(): Promise<void> {
    await this.store.check().catch((error: Error) => {
      throw new StartError(
        `The object store takes no writes: ${error.message}`,
        'Check STORAGE_PATH or the S3 settings.',
      );
    });
    this.checks.add({ name: 'objects', needed: true, check: () => this.store.check() });
    await this.tidy();
    this.timer = setInterval(() => void this.tidy(), this.patience);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Far beyond the longest pause of an upload that is alive. */
  private get patience(): number {
    return 10 * this.settings.sweepGrace;
  }

  private async tidy(): Promise<void> {
    try {
      const removed = await removeLeftovers(this.settings.path, this.patience);
      if (removed > 0) log.info({ removed }, 'removed files of uploads that broke off');
    } catch (error) {
      log.warn({ err: error }, 'could not look for files of uploads that broke off');
    }
  }
}
