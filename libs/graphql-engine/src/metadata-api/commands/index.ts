import type { Command } from '../command';
import * as actions from './actions';
import * as collections from './collections';
import * as functions from './functions';
import * as permissions from './permissions';
import * as relationships from './relationships';
import * as roles from './roles';
import * as settings from './settings';
import * as sources from './sources';
import * as tables from './tables';
import * as transforms from './transforms';
import * as triggers from './triggers';
import * as whole from './whole';

/** Every command by its bare name. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [
    actions,
    collections,
    functions,
    permissions,
    relationships,
    roles,
    settings,
    sources,
    tables,
    transforms,
    triggers,
    whole,
  ]
    .flatMap((room): Command[] => Object.values(room))
    .map(command => [command.name, command]),
);
