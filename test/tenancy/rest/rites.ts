import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { Authenticator } from '../../../apps/auth/testing/authenticator';
import { expectStatus, Person } from '../../support';
import type { Fresh } from './case';
import { bearer, founder, type Household } from './household';

/** The page of an app that security keys are bound to. */
export const APP_ORIGIN = 'https://app.test';

/** The code of an app for a secret; a code is good once, so `step` (of 30 s) looks ahead or back. */
const totp = (secret: string, step: number): string =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + step * 30_000 });

/** Somebody with a second factor, signed in, or with the ticket that asks for it. */
export async function withSecondFactor({ stack }: Household, { entering = false } = {}): Promise<Fresh> {
  const person = await founder(stack, 'Factor');
  const made = await person.call<{ totpSecret: string }>('auth', '/v1/mfa/totp/generate');
  const secret = expectStatus(made, 200).body.totpSecret;
  const json = { code: totp(secret, -1), activeMfaType: 'totp' };
  expectStatus(await person.call('auth', '/v1/user/mfa', { json }), 200);
  if (!entering) return { caller: person };
  const { email, password } = person;
  const asked = await bearer(stack).call<{ ticket: string }>('auth', '/v1/auth/login', {
    json: { email, password },
  });
  return { code: totp(secret, 0), ticket: expectStatus(asked, 401).body.ticket.replace('mfaTotp:', '') };
}

/** Somebody who was given a secret and has not shown a code of it yet. */
export async function withSecret({ stack }: Household): Promise<Fresh> {
  const caller = await Person.register(stack, 'Secret');
  const made = await caller.call<{ totpSecret: string }>('auth', '/v1/mfa/totp/generate');
  return { caller, code: totp(expectStatus(made, 200).body.totpSecret, 0) };
}

/** What a device shows on its screen, and what it polls with. */
export async function codeForPairing({ stack, owner }: Household, { approved = false } = {}): Promise<Fresh> {
  const json = { client_id: 'tv', device_name: 'Kitchen' };
  const begun = await bearer(stack).call<{ device_code: string; user_code: string }>(
    'auth',
    '/v1/device/code',
    {
      json,
    },
  );
  const { device_code: ticket, user_code: userCode } = expectStatus(begun, 200).body;
  if (approved) expectStatus(await owner.call('auth', '/v1/device/approve', { json: { userCode } }), 200);
  return { userCode, ticket };
}

/** The text of the newest mail to an address. */
export async function mailTo({ stack }: Household, address: string): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const mail = stack.mails().find(({ recipients }) => recipients.includes(address));
    if (mail) return mail.email.text ?? '';
    if (Date.now() > deadline) throw new Error(`no mail came for ${address}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** An address of somebody new, who got a mail with a link; the ticket in it. */
export async function mailedTicket(family: Household, codeChallenge?: string): Promise<Fresh> {
  const { email } = await Person.register(family.stack, 'Reader');
  const json = { email, ...(codeChallenge ? { codeChallenge } : {}) };
  const sent = await bearer(family.stack).call('auth', '/v1/user/email/send-verification-email', { json });
  expectStatus(sent, 200);
  const link = /https?:\/\/\S+/.exec(await mailTo(family, email))?.[0] ?? '';
  return { email, ticket: new URL(link).searchParams.get('ticket') ?? '' };
}

/** A code that came of a link asked for with PKCE, and the verifier that opens it. */
export async function landedCode(family: Household): Promise<Fresh> {
  const verifier = randomBytes(32).toString('base64url');
  const { ticket = '' } = await mailedTicket(
    family,
    createHash('sha256').update(verifier).digest('base64url'),
  );
  const followed = await fetch(family.stack.url('auth', `/v1/verify?ticket=${encodeURIComponent(ticket)}`), {
    redirect: 'manual',
  });
  const landed = new URL(followed.headers.get('location') ?? '');
  return { code: landed.searchParams.get('code') ?? '', ticket: verifier };
}

/** Somebody who was sent a code of six digits. */
export async function mailedCode(family: Household): Promise<Fresh> {
  const { email } = await Person.register(family.stack, 'Digits');
  expectStatus(await bearer(family.stack).call('auth', '/v1/signin/otp/email', { json: { email } }), 200);
  return { email, code: /^\d{6}$/m.exec(await mailTo(family, email))?.[0] ?? '' };
}

/** A visitor without a name. */
export async function visitor({ stack }: Household): Promise<Fresh> {
  const entered = await bearer(stack).call<{ session: { accessToken: string } }>(
    'auth',
    '/v1/signin/anonymous',
    {
      json: {},
    },
  );
  const caller = bearer(stack, expectStatus(entered, 200).body.session.accessToken);
  return { caller, email: `${randomUUID()}@example.org` };
}

/** What a browser's security key makes of the options of a ceremony; as JSON, because that is how it travels. */
export async function keyCeremony(
  { stack }: Household,
  kind: 'add' | 'elevate' | 'sign-in' | 'sign-up',
): Promise<Fresh> {
  const key = new Authenticator(APP_ORIGIN);
  const caller = await Person.register(stack, 'Key');
  const ask = async (path: string, json: object): Promise<never> =>
    expectStatus(await caller.call('auth', path, { json }), 200).body as never;
  if (kind === 'sign-up') {
    const email = `${randomUUID()}@example.org`;
    return { email, code: JSON.stringify(key.create(await ask('/v1/signup/webauthn', { email }))) };
  }
  const made = key.create(await ask('/v1/user/webauthn/add', {}));
  if (kind === 'add') return { caller, code: JSON.stringify(made) };
  const { id } = (await ask('/v1/user/webauthn/verify', { credential: made })) as { id: string };
  const options = await ask(kind === 'elevate' ? '/v1/elevate/webauthn' : '/v1/signin/webauthn', {});
  return { caller, email: caller.email, securityKey: id, code: JSON.stringify(key.get(options)) };
}
