import { randomUUID } from 'node:crypto';
import { Person } from '../../support';
import type { Case, Cases, Fresh } from './case';
import type { Household } from './household';
import {
  keyCeremony,
  landedCode,
  mailedCode,
  mailedTicket,
  visitor,
  withSecondFactor,
  withSecret,
} from './rites';

const newcomer = async ({ stack }: Household): Promise<Fresh> => {
  const caller = await Person.register(stack, 'Nils');
  const { email, password, refreshToken } = caller;
  return { caller, email, password, refreshToken };
};

const newAddress = (): Promise<Fresh> => Promise.resolve({ email: `${randomUUID()}@example.org` });

const byMail = 'whoever names an address is told the same; only its owner gets the mail';
const byProvider = 'needs a provider; shown in oauth.spec and id-tokens.spec';
const bySms = 'needs a service that sends messages; shown in passwordless.spec';

const credential = ({ code }: { code: string }): object =>
  code.startsWith('{') ? (JSON.parse(code) as object) : {};
const addressed: Case = { as: 'nobody', json: ({ email }) => ({ email }), fresh: newAddress };
const provided: Case = { as: 'nobody', path: () => ['google'], unshown: byProvider };
const tokenBrought: Case = {
  as: 'nobody',
  json: ({ ticket }) => ({ provider: 'google', idToken: ticket }),
  unshown: byProvider,
};
const phoned: Case = { as: 'nobody', json: () => ({ phoneNumber: '+4915112345678' }), unshown: bySms };

const sessions: Cases = {
  'POST auth /v1/signup/email-password': {
    as: 'nobody',
    json: ({ email, password }) => ({ email, password }),
    fresh: newAddress,
  },
  'POST auth /v1/signin/email-password': {
    as: 'nobody',
    json: ({ email, password }) => ({ email, password }),
  },
  'POST auth /v1/token': { as: 'nobody', json: ({ refreshToken }) => ({ refreshToken }), fresh: newcomer },
  'POST auth /v1/token/verify': { json: () => ({}) },
  'POST auth /v1/token/exchange': {
    as: 'nobody',
    json: ({ code, ticket }) => ({ code, codeVerifier: ticket }),
    fresh: landedCode,
  },
  'POST auth /v1/signout': { json: ({ refreshToken }) => ({ refreshToken }), fresh: newcomer },
  'GET auth /v1/user': {},
  'POST auth /v1/signin/anonymous': { as: 'nobody', json: () => ({}) },
  'POST auth /v1/user/deanonymize': {
    json: ({ email, password }) => ({ signInMethod: 'email-password', email, password }),
    fresh: visitor,
  },
  'POST auth /v1/pat': { json: () => ({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() }) },
  'GET auth /v1/pat': {},
  'DELETE auth /v1/pat/:id': {
    path: ({ personalToken }) => [personalToken],
    fresh: async ({ owner }) => {
      const json = { expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
      return { personalToken: (await owner.call<{ id: string }>('auth', '/v1/pat', { json })).body.id };
    },
  },
  'POST auth /v1/signin/pat': {
    as: 'nobody',
    json: ({ personalSecret }) => ({ personalAccessToken: personalSecret }),
  },
};

const mails: Cases = {
  'POST auth /v1/user/password': {
    json: ({ password }) => ({ newPassword: password }),
    fresh: newcomer,
  },
  'POST auth /v1/user/password/reset': { ...addressed, fresh: newcomer, alike: byMail },
  'POST auth /v1/user/email/change': { json: ({ email }) => ({ newEmail: email }), fresh: newAddress },
  'POST auth /v1/user/email/send-verification-email': { ...addressed, fresh: newcomer, alike: byMail },
  'POST auth /v1/signin/passwordless/email': { ...addressed, alike: byMail },
  'POST auth /v1/signup/passwordless/email': { ...addressed, alike: byMail },
  'POST auth /v1/signin/otp/email': { ...addressed, alike: byMail },
  'POST auth /v1/signup/otp/email': { ...addressed, alike: byMail },
  'POST auth /v1/signin/otp/email/verify': {
    as: 'nobody',
    json: ({ email, code }) => ({ email, otp: code }),
    fresh: mailedCode,
  },
  'GET auth /v1/verify/open': {
    as: 'nobody',
    query: ({ ticket }) => ({ ticket }),
    fresh: f => mailedTicket(f),
  },
  'HEAD auth /v1/verify': { as: 'nobody', query: ({ ticket }) => ({ ticket }), fresh: f => mailedTicket(f) },
  'GET auth /v1/verify': { as: 'nobody', query: ({ ticket }) => ({ ticket }), fresh: f => mailedTicket(f) },
  'GET auth /v1/mail/preview': { as: 'nobody' },
  'GET auth /v1/mail/preview/:template': { as: 'nobody', path: () => ['family-invitation'] },
};

const factors: Cases = {
  'GET auth /v1/mfa/totp/generate': { fresh: newcomer },
  'POST auth /v1/user/mfa': { json: ({ code }) => ({ code, activeMfaType: 'totp' }), fresh: withSecret },
  'POST auth /v1/signin/mfa/totp': {
    as: 'nobody',
    json: ({ ticket, code }) => ({ ticket: `mfaTotp:${ticket}`, otp: code }),
    fresh: family => withSecondFactor(family, { entering: true }),
  },
  'POST auth /v1/signin/webauthn': {
    as: 'nobody',
    json: ({ email }) => ({ email }),
    alike: 'an address only says which keys a browser may offer; without the key nobody comes in',
  },
  'POST auth /v1/signin/webauthn/verify': {
    as: 'nobody',
    json: of => ({ email: of.email, credential: credential(of) }),
    fresh: family => keyCeremony(family, 'sign-in'),
  },
  'POST auth /v1/signup/webauthn': addressed,
  'POST auth /v1/signup/webauthn/verify': {
    as: 'nobody',
    json: of => ({ credential: credential(of) }),
    fresh: family => keyCeremony(family, 'sign-up'),
  },
  'POST auth /v1/user/webauthn/add': { fresh: newcomer },
  'POST auth /v1/user/webauthn/verify': {
    json: of => ({ credential: credential(of) }),
    fresh: family => keyCeremony(family, 'add'),
  },
  'DELETE auth /v1/user/webauthn/:id': {
    path: ({ securityKey }) => [securityKey],
    fresh: family => keyCeremony(family, 'elevate'),
  },
  'POST auth /v1/elevate/webauthn': {
    json: ({ email }) => ({ email }),
    fresh: family => keyCeremony(family, 'elevate'),
  },
  'POST auth /v1/elevate/webauthn/verify': {
    json: of => ({ email: of.email, credential: credential(of) }),
    fresh: family => keyCeremony(family, 'elevate'),
  },
};

const outside: Cases = {
  'GET auth /v1/signin/provider/:provider': provided,
  'GET auth /v1/signup/provider/:provider': provided,
  'GET auth /v1/signin/provider/:provider/callback': provided,
  'POST auth /v1/signin/provider/:provider/callback': provided,
  'POST auth /v1/signin/idtoken': tokenBrought,
  'POST auth /v1/signup/idtoken': tokenBrought,
  'POST auth /v1/link/idtoken': { ...tokenBrought, as: undefined },
  'POST auth /v1/signin/passwordless/sms': phoned,
  'POST auth /v1/signup/passwordless/sms': phoned,
  'POST auth /v1/signin/passwordless/sms/otp': {
    as: 'nobody',
    json: ({ code }) => ({ phoneNumber: '+4915112345678', otp: code }),
    unshown: bySms,
  },
};

export const nhostCases: Cases = { ...sessions, ...mails, ...factors, ...outside };
