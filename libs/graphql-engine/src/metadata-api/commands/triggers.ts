import {
  boolean,
  cronTrigger,
  eventTrigger,
  flag,
  isObject,
  nonEmptyText,
  object,
  qualifiedName,
  required,
  type CronTrigger,
  type EventTrigger,
  type Metadata,
  type QualifiedName,
  type Shape,
  type TableMetadata,
} from '@nself/hasura-metadata';
import { eventTriggerObject, quoted, servedSource } from '../../model';
import { command, question, refusal, sourceCommand } from '../command';
import { editTable, editTables, requireTable, sourceName, withItem, withoutItem } from '../edit/edit';

interface Creating {
  readonly table: QualifiedName;
  readonly replace: boolean;
  readonly trigger: EventTrigger;
}

/** Operations stand beside the name here, not inside a `definition`. */
const creating: Shape<Creating> = (value, path) => {
  const head = object('CreateEventTriggerQuery', {
    name: required(nonEmptyText),
    table: required(qualifiedName),
    replace: flag(boolean),
  })(value, path);
  const given = isObject(value) ? value : {};
  const { insert, update, delete: remove, enable_manual, ...rest } = given;
  const definition = { insert, update, delete: remove, enable_manual };
  const trigger = eventTrigger({ ...rest, definition }, path);
  if ((trigger.webhook === undefined) === (trigger.webhook_from_env === undefined)) throw oneWebhook(trigger);
  return { table: head.table, replace: head.replace ?? false, trigger };
};

const oneWebhook = ({ webhook }: EventTrigger) =>
  refusal(
    'parse-failed',
    webhook === undefined
      ? 'must provide webhook or webhook_from_env'
      : 'only one of webhook or webhook_from_env should be given',
  );

const triggerTable = (metadata: Metadata, name: string): TableMetadata | undefined =>
  servedSource(metadata)?.tables.find(table => table.event_triggers?.some(trigger => trigger.name === name));

export const createEventTrigger = sourceCommand(
  'create_event_trigger',
  creating,
  async ({ table, replace, trigger }, work) => {
    const { metadata } = work;
    requireTable(metadata, table);
    const known = triggerTable(metadata, trigger.name);
    if (known && !replace)
      throw refusal('already-exists', `Event trigger with name ${quoted(trigger.name)} already exists`);
    if (!known && replace)
      throw refusal('not-exists', `event trigger ${quoted(trigger.name)} does not exist`);
    const next = editTable(metadata, table, old =>
      withItem(old, 'event_triggers', trigger, ({ name }) => name === trigger.name),
    );
    await work.acceptFor(next, eventTriggerObject(sourceName(metadata), table, trigger).name);
  },
);

const deleting = object('DeleteEventTriggerQuery', { name: required(nonEmptyText) });

export const deleteEventTrigger = sourceCommand('delete_event_trigger', deleting, async ({ name }, work) => {
  if (!triggerTable(work.metadata, name)) {
    throw refusal('not-exists', `event trigger with name ${quoted(name)} does not exist`);
  }
  const next = editTables(work.metadata, table =>
    withoutItem(table, 'event_triggers', trigger => trigger.name === name),
  );
  await work.acceptWithout(next);
});

interface CronCreating {
  readonly trigger: CronTrigger;
  readonly replace: boolean;
}

const cronCreating: Shape<CronCreating> = (value, path) => {
  const { replace = false } = object('CreateCronTrigger', { replace: flag(boolean) })(value, path);
  const shown = isObject(value) ? { include_in_metadata: true, ...value } : value;
  return { trigger: cronTrigger(shown, path), replace };
};

export const createCronTrigger = command(
  'create_cron_trigger',
  cronCreating,
  async ({ trigger, replace }, work) => {
    const known = work.metadata.cron_triggers ?? [];
    if (!replace && known.some(({ name }) => name === trigger.name)) {
      throw refusal('already-exists', `cron trigger with name: ${trigger.name} already exists`);
    }
    const others = known.filter(({ name }) => name !== trigger.name);
    await work.accept({ ...work.metadata, cron_triggers: [...others, trigger] });
  },
);

export const deleteCronTrigger = command('delete_cron_trigger', deleting, async ({ name }, work) => {
  const known = work.metadata.cron_triggers ?? [];
  if (!known.some(trigger => trigger.name === name)) {
    throw refusal('not-exists', `cron trigger with name: ${name} does not exist`);
  }
  await work.accept({ ...work.metadata, cron_triggers: known.filter(trigger => trigger.name !== name) });
});

const nothing: Shape<undefined> = () => undefined;
export const getCronTriggers = question('get_cron_triggers', nothing, (_, { metadata }) =>
  Promise.resolve({ cron_triggers: metadata.cron_triggers ?? [] }),
);
