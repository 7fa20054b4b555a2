import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertKey } from './object-key';
import {
  type ByteRange,
  ObjectMissing,
  type ObjectInfo,
  type ObjectStore,
  type StoredObject,
} from './object-store';

const INCOMING = '.incoming';

/**
 * Objects as files below one folder.
 *
 * Bytes are written beside, flushed, then renamed into place and the folder flushed too: a kill leaves the
 * old object or the new one, and an acknowledged write is on the disk.
 */
export class FileObjectStore implements ObjectStore {
  constructor(private readonly root: string) {}

  async put(key: string, bytes: Buffer): Promise<ObjectInfo> {
    return this.write(key, Readable.from([bytes]));
  }

  async adopt(key: string, path: string): Promise<ObjectInfo> {
    assertKey(key);
    return this.place(key, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error;
      const info = await this.write(key, createReadStream(path));
      await rm(path);
      return info;
    });
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    const path = this.pathOf(key);
    const file = await open(path, 'r').catch(missing(key));
    const { size } = await file.stat();
    return { size, stream: file.createReadStream(range ? { ...range } : {}) };
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const stats = await stat(this.pathOf(key)).catch(absent);
    return stats && describe(key, stats);
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    const folder = join(this.root, ...prefix.split('/').filter(Boolean));
    const entries = await opendir(folder, { recursive: true }).catch(absent);
    if (!entries) return;
    for await (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const key = relative(this.root, path).split(sep).join('/');
      if (!entry.isFile() || key.startsWith(INCOMING)) continue;
      const stats = await stat(path).catch(absent);
      if (stats) yield describe(key, stats);
    }
  }

  async check(): Promise<void> {
    const path = await this.incomingPath();
    const file = await open(path, 'wx');
    await file.close();
    await rm(path);
  }

  private async write(key: string, body: Readable): Promise<ObjectInfo> {
    assertKey(key);
    const incoming = await this.incomingPath();
    try {
      await pipeline(body, createWriteStream(incoming, { flags: 'wx', mode: 0o600 }));
      return await this.place(key, incoming);
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  private async incomingPath(): Promise<string> {
    const folder = join(this.root, INCOMING);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, randomUUID());
  }

  private async place(key: string, from: string): Promise<ObjectInfo> {
    const to = this.pathOf(key);
    await flush(from);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
    await flush(dirname(to));
    return describe(key, await stat(to));
  }

  private pathOf(key: string): string {
    return join(this.root, ...assertKey(key).split('/'));
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

function describe(key: string, stats: Stats): ObjectInfo {
  return { key, size: stats.size, modifiedAt: stats.mtime };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

function missing(key: string): (error: NodeJS.ErrnoException) => never {
  return error => {
    throw error.code === 'ENOENT' ? new ObjectMissing(key) : error;
  };
}
