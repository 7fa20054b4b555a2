import { randomUUID } from 'node:crypto';
import { Person } from '../../support';
import type { Cases, Fresh } from './case';
import { bearer, Box, founder, newBox, sessionOf, signedIn, type Household } from './household';
import { codeForPairing, withSecondFactor } from './rites';

/** Another session of the owner, to be ended or changed. */
const anotherSession = async ({ stack, owner }: Household): Promise<Fresh> => {
  const tokens = await signedIn(stack, owner);
  return {
    caller: bearer(stack, tokens.accessToken),
    session: sessionOf(tokens),
    refreshToken: tokens.refreshToken,
  };
};

const anotherMember = async ({ owner }: Household): Promise<Fresh> => {
  const caller = await owner.bring('Passing');
  return { caller, member: caller.id };
};

const anotherInvitation = async ({ stack, owner, has }: Household): Promise<Fresh> => {
  const made = await owner.call<{ id: string; token: string }>(
    'auth',
    `/v1/families/${has.family}/invitations`,
    {
      json: { role: 'CHILD_MEMBER' },
    },
  );
  const caller = await Person.register(stack, 'Guest');
  return { caller, invitation: made.body.id, invitationToken: made.body.token };
};

/** A family that may be handed over. */
const anotherFamily = async ({ stack }: Household): Promise<Fresh> => {
  const caller = await founder(stack, 'Heir');
  return { caller, family: caller.familyId, member: (await caller.bring('Heiress')).id };
};

const anotherBox = async ({ stack, owner }: Household): Promise<Fresh> => {
  const { id, box } = await newBox(stack, owner, 'Spare');
  return { device: id, box };
};

const nextKey = new Box().publicKey;

const someoneNew = async ({ stack }: Household): Promise<Fresh> => ({
  caller: await Person.register(stack, 'Lena'),
});

const newAddress = (): Promise<Fresh> => Promise.resolve({ email: `${randomUUID()}@example.org` });

const accounts: Cases = {
  'POST auth /v1/auth/register': {
    as: 'nobody',
    json: ({ email, password }) => ({ email, password }),
    fresh: newAddress,
  },
  'POST auth /v1/auth/login': { as: 'nobody', json: ({ email, password }) => ({ email, password }) },
  'POST auth /v1/auth/refresh': {
    as: 'nobody',
    json: ({ refreshToken }) => ({ refreshToken }),
    fresh: anotherSession,
  },
  'POST auth /v1/auth/logout': { json: ({ refreshToken }) => ({ refreshToken }), fresh: anotherSession },
  'GET auth /v1/auth/me': {},
  'POST auth /v1/auth/mfa': {
    as: 'nobody',
    json: ({ ticket, code }) => ({ ticket: `mfaTotp:${ticket}`, code }),
    fresh: family => withSecondFactor(family, { entering: true }),
  },
  'POST auth /v1/auth/mfa/recovery-codes': { fresh: family => withSecondFactor(family) },
  'GET auth /v1/account/export': {},
  'DELETE auth /v1/account': { fresh: someoneNew },
  'GET auth /v1/sessions': {},
  'DELETE auth /v1/sessions/:id': { path: ({ session }) => [session], fresh: anotherSession },
};

const families: Cases = {
  'POST auth /v1/families': { json: () => ({ name: 'Another' }) },
  'GET auth /v1/families': {},
  'GET auth /v1/families/:id': { path: ({ family }) => [family] },
  'PATCH auth /v1/families/:id': {
    path: ({ family }) => [family],
    json: () => ({ description: 'By the sea' }),
  },
  'POST auth /v1/families/:id/switch': { path: ({ family }) => [family], fresh: anotherSession },
  'POST auth /v1/family/switch': { json: ({ family }) => ({ familyId: family }), fresh: anotherSession },
  'POST auth /v1/families/:id/transfer': {
    path: ({ family }) => [family],
    json: ({ member }) => ({ userId: member }),
    fresh: anotherFamily,
  },
  'POST auth /v1/families/:id/leave': { path: ({ family }) => [family], fresh: anotherMember },
  'GET auth /v1/families/:id/members': { path: ({ family }) => [family] },
  'PATCH auth /v1/families/:id/members/:userId': {
    path: ({ family, member }) => [family, member],
    json: () => ({ role: 'YOUTH_MEMBER' }),
    fresh: async family => ({ member: (await anotherMember(family)).member }),
  },
  'DELETE auth /v1/families/:id/members/:userId': {
    path: ({ family, member }) => [family, member],
    fresh: async family => ({ member: (await anotherMember(family)).member }),
  },
  'GET auth /v1/families/:id/sessions': { path: ({ family }) => [family] },
  'DELETE auth /v1/families/:id/sessions/:sessionId': {
    path: ({ family, session }) => [family, session],
    fresh: async family => ({ session: (await anotherSession(family)).session }),
  },
  'POST auth /v1/families/:id/invitations': {
    path: ({ family }) => [family],
    // Whoever has an address may be invited: it is no wall.
    json: () => ({ role: 'CHILD_MEMBER', email: `${randomUUID()}@example.org` }),
  },
  'GET auth /v1/families/:id/invitations': { path: ({ family }) => [family] },
  'GET auth /v1/families/:id/invitations/:invitationId': {
    path: ({ family, invitation }) => [family, invitation],
  },
  'DELETE auth /v1/families/:id/invitations/:invitationId': {
    path: ({ family, invitation }) => [family, invitation],
    fresh: async family => ({ invitation: (await anotherInvitation(family)).invitation }),
  },
  'POST auth /v1/invitations/accept': {
    json: ({ invitationToken }) => ({ token: invitationToken }),
    fresh: anotherInvitation,
  },
};

const machines: Cases = {
  'POST auth /v1/api-keys': { json: () => ({ name: 'Backup', scopes: ['read'] }) },
  'GET auth /v1/api-keys': {},
  'DELETE auth /v1/api-keys/:id': {
    path: ({ apiKey }) => [apiKey],
    fresh: async ({ owner }) => {
      const json = { name: 'Brief', scopes: ['read'] };
      return { apiKey: (await owner.call<{ id: string }>('auth', '/v1/api-keys', { json })).body.id };
    },
  },
  'POST auth /v1/token/api-key': { as: 'nobody', json: ({ machineKey }) => ({ key: machineKey }) },
  'POST auth /v1/token/service': {
    as: 'nobody',
    json: ({ password }) => ({ service: 'kitchen', secret: password }),
    unshown: 'for services that the operator names; shown in service-tokens.spec',
  },
};

const devices: Cases = {
  'GET auth /v1/devices': {},
  'POST auth /v1/devices/bootstrap-tokens': { json: () => ({ deviceType: 'antbox' }) },
  'POST auth /v1/devices': {
    as: 'nobody',
    json: ({ bootstrapToken, box }) => ({
      token: bootstrapToken,
      publicKey: box.publicKey,
      ...box.proof('register', box.publicKey),
    }),
    fresh: () => Promise.resolve({ box: new Box() }),
  },
  'POST auth /v1/devices/:id/token': {
    as: 'nobody',
    path: ({ device }) => [device],
    json: ({ box, device }) => box.proof('token', device),
    fresh: anotherBox,
  },
  'POST auth /v1/devices/:id/key': {
    as: 'nobody',
    path: ({ device }) => [device],
    json: ({ box, device }) => ({ publicKey: nextKey, ...box.proof('key', `${device} ${nextKey}`) }),
    fresh: anotherBox,
  },
  'DELETE auth /v1/devices/:id': { path: ({ device }) => [device], fresh: anotherBox },
  'POST auth /v1/device/code': { as: 'nobody', json: () => ({ client_id: 'tv', device_name: 'Kitchen' }) },
  'GET auth /v1/device': { as: 'nobody', query: ({ userCode }) => ({ user_code: userCode }) },
  'GET auth /v1/device/pairing': { query: ({ userCode }) => ({ userCode }), fresh: codeForPairing },
  'POST auth /v1/device/approve': { json: ({ userCode }) => ({ userCode }), fresh: codeForPairing },
  'POST auth /v1/token/device': {
    as: 'nobody',
    json: ({ ticket }) => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: ticket,
      client_id: 'tv',
    }),
    fresh: family => codeForPairing(family, { approved: true }),
  },
  'POST auth /v1/device/page': {
    as: 'nobody',
    json: ({ userCode, email, password }) => ({ user_code: userCode, email, password }),
    fresh: codeForPairing,
  },
  'POST auth /v1/device/page/code': {
    as: 'nobody',
    json: ({ userCode, ticket, code }) => ({ user_code: userCode, ticket: `mfaTotp:${ticket}`, otp: code }),
    fresh: async family => ({
      ...(await codeForPairing(family)),
      ...(await withSecondFactor(family, { entering: true })),
    }),
  },
  'POST auth /v1/device/page/answer': {
    as: 'nobody',
    json: ({ userCode, ticket }) => ({ user_code: userCode, ticket, answer: 'yes' }),
    fresh: async family => {
      const { accessToken } = await signedIn(family.stack, family.owner);
      return { ...(await codeForPairing(family)), ticket: accessToken };
    },
  },
};

export const authCases: Cases = { ...accounts, ...families, ...machines, ...devices };
