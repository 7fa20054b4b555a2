import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real photographs, clips and family trees, beside the checkout where they are there. */
const folder = process.env.NSELF_SAMPLES ?? join(__dirname, '..', '..', '..', 'shared', 'samples');

export const haveSamples = existsSync(join(folder, 'photos'));

export const samplePath = (path: string): string => join(folder, path);

export function sample(path: string): Buffer {
  return readFileSync(samplePath(path));
}

/** `describe` where the samples are; elsewhere the tests are skipped, and their name says why. */
export const describeWithSamples = (name: string, tests: () => void): void =>
  haveSamples ? describe(name, tests) : withoutSamples(`${name} (there are no samples in ${folder})`, tests);

const withoutSamples = haveSamples ? describe : describe.skip;
