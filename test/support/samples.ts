import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real photographs, clips and family trees, beside the checkout where they are there. */
const folder = process.env.NSELF_SAMPLES ?? join(__dirname, '..', '..', '..', 'shared', 'samples');

export const haveSamples = existsSync(join(folder, 'photos'));

export function sample(path: string): Buffer {
  return readFileSync(join(folder, path));
}

/** `describe` where the samples are; elsewhere the tests are skipped, and the name says why. */
export function describeWithSamples(name: string, tests: () => void): void {
  if (haveSamples) describe(name, tests);
  else describe.skip(`${name} (skipped: there are no samples in ${folder})`, tests);
}
