import {
  boolean,
  defaulted,
  flag,
  integer,
  isObject,
  jsonObject,
  list,
  MetadataFault,
  nonEmptyText,
  object,
  optional,
  required,
  some,
  text,
  type Shape,
  type Shaped,
} from '../shapes';
import { columnNames } from './permission';

export const header = object('HeaderConf', {
  name: required(nonEmptyText),
  value: optional(text),
  value_from_env: optional(nonEmptyText),
});
export type Header = Shaped<typeof header>;

const operation = object('SubscribeOpSpec', {
  columns: required(columnNames),
  payload: optional(columnNames),
});

const written = object('TriggerOpsDef', {
  insert: optional(operation),
  update: optional(operation),
  delete: optional(operation),
  enable_manual: flag(boolean),
});
export type TriggerOperations = Shaped<typeof written>;

export const triggerOperations: Shape<TriggerOperations> = (value, path) => {
  const operations = written(value, path);
  const any = operations.insert ?? operations.update ?? operations.delete;
  if (any || (isObject(value) && typeof value['enable_manual'] === 'boolean')) return operations;
  throw new MetadataFault(
    path,
    'atleast one amongst insert/update/delete/enable_manual spec must be provided',
  );
};

export const retry = object('RetryConf', {
  interval_sec: defaulted(integer, 10),
  num_retries: defaulted(integer, 0),
  timeout_sec: defaulted(integer, 60),
});
export type Retry = Shaped<typeof retry>;

export const eventTrigger = object('EventTriggerConf', {
  name: required(nonEmptyText),
  definition: required(triggerOperations),
  retry_conf: defaulted(retry, { interval_sec: 10, num_retries: 0, timeout_sec: 60 }),
  webhook: optional(text),
  webhook_from_env: optional(nonEmptyText),
  headers: some(list(header)),
  request_transform: optional(jsonObject),
  response_transform: optional(jsonObject),
  cleanup_config: optional(jsonObject),
});
export type EventTrigger = Shaped<typeof eventTrigger>;
