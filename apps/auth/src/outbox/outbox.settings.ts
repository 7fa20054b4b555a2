import { defineSettings, integer } from '@nself/kernel';

/** How patiently mails and text messages are sent. */
export const outboxSettings = defineSettings('outbox', {
  attempts: {
    env: 'AUTH_SEND_ATTEMPTS',
    meaning:
      'How often a mail or text message is tried before it is given up; pauses grow to a quarter of an hour. What it carries may expire before.',
    shape: integer({ min: 1, max: 1000 }),
    default: 100,
  },
});
