import {
  boolean,
  defaulted,
  integer,
  json,
  jsonObject,
  list,
  nonEmptyText,
  object,
  optional,
  required,
  some,
  text,
  type Shaped,
} from '../shapes';
import { header } from './event-trigger';

export const defaultRetry = {
  num_retries: 0,
  retry_interval_seconds: 10,
  timeout_seconds: 60,
  tolerance_seconds: 21600,
};

const retry = object('STRetryConf', {
  num_retries: defaulted(integer, defaultRetry.num_retries),
  retry_interval_seconds: defaulted(integer, defaultRetry.retry_interval_seconds),
  timeout_seconds: defaulted(integer, defaultRetry.timeout_seconds),
  tolerance_seconds: defaulted(integer, defaultRetry.tolerance_seconds),
});

const isDefault = (given: Shaped<typeof retry>) =>
  Object.entries(defaultRetry).every(([key, value]) => given[key as keyof typeof defaultRetry] === value);

export const cronTrigger = object('CronTriggerMetadata', {
  name: required(nonEmptyText),
  webhook: required(text),
  schedule: required(text),
  include_in_metadata: required(boolean),
  payload: optional(json),
  retry_conf: optional(retry, isDefault),
  headers: some(list(header)),
  comment: optional(text),
  request_transform: optional(jsonObject),
  response_transform: optional(jsonObject),
});
export type CronTrigger = Shaped<typeof cronTrigger>;
