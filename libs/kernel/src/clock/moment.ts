const FORM = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * The moment that a client wrote as a date or a date with time (RFC 3339), or nothing when there is no such: neither
 * weeks and ordinals, which ISO 8601 also knows and hardly anything reads, nor the 31st of February.
 */
export function momentOf(text: string): Date | undefined {
  const [, year = 0, month = 0, day = 0] = (FORM.exec(text) ?? []).slice(0, 4).map(Number);
  const moment = new Date(text);
  const isThere = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return year > 0 && isThere && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

/** What class-validator's `ValidateBy` takes for a field that is one; the kernel itself does not load class-validator. */
export const A_MOMENT = {
  name: 'isMoment',
  validator: {
    validate: (value: unknown): boolean => typeof value === 'string' && momentOf(value) !== undefined,
    defaultMessage: (): string => '$property must be a valid ISO 8601 date string',
  },
};
