import { resolve } from 'node:path';
import { StackFault } from '@nself/dev-stack';
import { applyFolder, readFolder } from '../metadata/apply';
import { MetadataClient } from '../metadata/client';
import { changedLines } from '../metadata/difference';
import { colours, marks, print, printJson } from '../output/terminal';
import { homeOf } from '../state/home';
import { liveRun } from '../state/run';
import { readSettings } from '../state/settings-file';

export interface MetadataOptions {
  readonly folder?: string;
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** `nself metadata apply`: the folder becomes what GraphQL serves. */
export async function apply(options: MetadataOptions): Promise<number> {
  const { changed, misfits } = await applyFolder(clientOf(options), folderOf(options));
  if (options.json) printJson({ changed, misfits });
  else if (misfits.length === 0)
    print(`${marks.good} ${changed ? 'Applied.' : 'GraphQL serves it already.'}`);
  else for (const line of misfits) print(`  ${marks.bad} ${line}`);
  return misfits.length === 0 ? 0 : 1;
}

/** `nself metadata export`: what GraphQL serves becomes the folder. */
async function exportMetadata(options: MetadataOptions): Promise<number> {
  const { writeMetadataFolder } = await import('@nself/hasura-metadata');
  const folder = folderOf(options);
  writeMetadataFolder(folder, await clientOf(options).export());
  if (options.json) printJson({ folder });
  else print(`${marks.good} Written to ${folder}.`);
  return 0;
}

/** `nself metadata diff`: what `apply` would change. Exit code 1 when there is something. */
export async function diff(options: MetadataOptions): Promise<number> {
  const { writeLayout } = await import('@nself/hasura-metadata');
  const served = writeLayout(await clientOf(options).export());
  const wanted = writeLayout(await readFolder(folderOf(options)));
  const files = [...new Set([...served.keys(), ...wanted.keys()])].sort();
  const changed = files
    .map(file => ({ file, lines: changedLines(served.get(file) ?? '', wanted.get(file) ?? '') }))
    .filter(({ lines }) => lines.length > 0);
  if (options.json) printJson(changed);
  else for (const { file, lines } of changed) showChange(file, lines);
  if (!options.json && changed.length === 0) print(`${marks.good} The folder is what GraphQL serves.`);
  return changed.length === 0 ? 0 : 1;
}

/** `nself metadata reload`: after the database was changed by hand. */
export async function reload(options: MetadataOptions): Promise<number> {
  const inconsistent = await clientOf(options).reload();
  if (options.json) printJson({ inconsistent });
  else for (const { name, type, reason } of inconsistent) print(`  ${marks.bad} ${name ?? type}: ${reason}`);
  if (!options.json && inconsistent.length === 0) print(`${marks.good} Reloaded.`);
  return inconsistent.length === 0 ? 0 : 1;
}

export { exportMetadata as export };

function showChange(file: string, lines: ReturnType<typeof changedLines>): void {
  print(colours.bold(file));
  for (const { sign, text } of lines)
    print(`  ${sign === '+' ? colours.green(sign) : colours.red(sign)} ${text}`);
}

function folderOf({ folder }: MetadataOptions): string {
  return folder === undefined ? resolve(homeOf(process.env).root, 'hasura', 'metadata') : resolve(folder);
}

function clientOf({ endpoint }: MetadataOptions): MetadataClient {
  const home = homeOf(process.env);
  const address = endpoint ?? liveRun(home)?.addresses.graphql;
  if (!address) {
    throw new StackFault(
      'GraphQL is not running.',
      'Start it with ./nself start, or name one with --endpoint.',
    );
  }
  return new MetadataClient(address, readSettings(home, process.env).HASURA_GRAPHQL_ADMIN_SECRET ?? '');
}
