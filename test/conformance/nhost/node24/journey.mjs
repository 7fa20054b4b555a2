// What an app does with the SDK, on the Node that it was made for. Prints what it did, or fails.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createClient } from '@nhost/nhost-js';

const [authUrl, deskUrl, email, password] = process.argv.slice(2);
const client = () => createClient({ authUrl });
const home = 'https://app.test';

/** What a person does beside the app. */
async function desk(what, words) {
  const answer = await fetch(`${deskUrl}/${what}?${new URLSearchParams(words)}`);
  const said = await answer.json();
  assert.equal(answer.status, 200, said);
  return said;
}

const nhost = client();
const other = name => email.replace('@', `.${name}@`);

const steps = {
  async 'sign-up'() {
    const { body } = await nhost.auth.signUpEmailPassword({
      email,
      password,
      options: { displayName: 'Nour' },
    });
    assert.equal(body.session?.user?.email, email);
    assert.equal(nhost.getUserSession()?.user?.displayName, 'Nour');
  },

  async refresh() {
    const before = nhost.getUserSession()?.refreshToken;
    const renewed = await nhost.refreshSession(0);
    assert.notEqual(renewed?.refreshToken, before);
    assert.equal((await nhost.auth.getUser()).body.email, email);
  },

  async 'sign-out'() {
    await nhost.auth.signOut({ refreshToken: nhost.getUserSession()?.refreshToken });
    await assert.rejects(nhost.auth.getUser(), { status: 401 });
  },

  async 'sign-in'() {
    await assert.rejects(nhost.auth.signInEmailPassword({ email, password: 'not this one at all' }), {
      status: 401,
    });
    const { body } = await nhost.auth.signInEmailPassword({ email, password });
    assert.equal(body.session?.user?.email, email);
  },

  async PAT() {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { personalAccessToken } = (await nhost.auth.createPAT({ expiresAt })).body;
    const { body } = await client().auth.signInPAT({ personalAccessToken });
    assert.equal(body.session?.user?.email, email);
  },

  async MFA() {
    const { totpSecret: secret } = (await nhost.auth.changeUserMfa()).body;
    await nhost.auth.verifyChangeUserMfa({ code: await desk('phone', { secret }), activeMfaType: 'totp' });
    const asked = await client().auth.signInEmailPassword({ email, password });
    const ticket = asked.body.mfa?.ticket;
    const otp = await desk('phone', { secret });
    const { body } = await client().auth.verifySignInMfaTotp({ ticket, otp });
    assert.equal(body.session?.user?.email, email);
  },

  async anonymous() {
    const { body } = await client().auth.signInAnonymous();
    assert.equal(body.session?.user?.isAnonymous, true);
  },

  async 'magic link'() {
    const magic = other('magic');
    await client().auth.signInPasswordlessEmail({ email: magic });
    const landed = new URL(await desk('press', { email: magic }));
    const { body } = await client().auth.refreshToken({
      refreshToken: landed.searchParams.get('refreshToken'),
    });
    assert.equal(body.user?.email, magic);
    await client().auth.signInOTPEmail({ email: magic });
    const otp = await desk('code', { email: magic, count: 2 });
    const entered = await client().auth.verifySignInOTPEmail({ email: magic, otp });
    assert.equal(entered.body.session?.user?.email, magic);
  },

  async 'reset and change of e-mail'() {
    const [before, after] = [other('before'), other('after')];
    await client().auth.signUpEmailPassword({ email: before, password });
    await client().auth.sendPasswordResetEmail({ email: before });
    const ticket = await desk('ticket', { email: before });
    await client().auth.changeUserPassword({ newPassword: `${password} anew`, ticket });
    const moving = client();
    await moving.auth.signInEmailPassword({ email: before, password: `${password} anew` });
    await moving.auth.changeUserEmail({ newEmail: after });
    await desk('press', { email: after });
    assert.equal((await moving.auth.getUser()).body.email, after);
  },

  async 'OAuth with PKCE'() {
    const layla = await desk('sit', { id: 'layla' });
    const codeVerifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
    const address = client().auth.signInProviderURL('google', { redirectTo: home, codeChallenge });
    const landed = new URL(await desk('wander', { address }));
    const code = landed.searchParams.get('code');
    const { body } = await client().auth.tokenExchange({ code, codeVerifier });
    assert.equal(body.session?.user?.email, layla);
  },
};

for (const [name, step] of Object.entries(steps)) {
  await step();
  console.log(name);
}
console.log(`on ${process.version}`);
