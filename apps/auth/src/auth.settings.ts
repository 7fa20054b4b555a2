import { defineSettings, outboundSettings, port, type Settings } from '@nself/kernel';
import { tenancySettings } from '@nself/tenancy';
import { accountSettings } from './accounts';
import { elevationSettings } from './elevation';
import { limitSettings } from './limits';
import { mailSettings } from './mail';
import { mfaSettings } from './mfa';
import { oauthSettings } from './oauth';
import { outboxSettings } from './outbox';
import { passwordSettings } from './passwords';
import { redirectSettings } from './redirects';
import { secretSettings } from './secrets';
import { serviceTokenSettings } from './service-tokens';
import { smsSettings } from './sms';
import { tokenSettings } from './tokens';
import { webauthnSettings } from './webauthn';

export const authSettings = defineSettings('auth', {
  port: { env: 'AUTH_PORT', meaning: 'Port that the auth service listens on.', shape: port(), default: 4000 },
});

/** How auth reaches the database: by a login of its own, and never past the walls of the families. */
export const TENANCY = { database: 'auth', platform: false, groups: true } as const;

/** Every declaration that the auth service reads. */
export const allAuthSettings: Settings[] = [
  ...tenancySettings(TENANCY),
  authSettings,
  accountSettings,
  elevationSettings,
  limitSettings,
  mailSettings,
  mfaSettings,
  oauthSettings,
  outboundSettings,
  outboxSettings,
  passwordSettings,
  redirectSettings,
  secretSettings,
  serviceTokenSettings,
  smsSettings,
  tokenSettings,
  webauthnSettings,
];
