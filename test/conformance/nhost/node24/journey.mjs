// What an app does with the SDK, on the Node that it was made for. Prints "done", or fails.
import assert from 'node:assert/strict';
import { createClient } from '@nhost/nhost-js';

const [authUrl, email, password] = process.argv.slice(2);
const nhost = createClient({ authUrl });

const signedUp = await nhost.auth.signUpEmailPassword({ email, password, options: { displayName: 'Nour' } });
assert.equal(signedUp.body.session?.user?.email, email);
assert.equal(nhost.getUserSession()?.user?.displayName, 'Nour');

const renewed = await nhost.refreshSession(0);
assert.notEqual(renewed?.refreshToken, signedUp.body.session?.refreshToken);
assert.equal((await nhost.auth.getUser()).body.email, email);

await nhost.auth.signOut({ refreshToken: renewed?.refreshToken });
await assert.rejects(nhost.auth.getUser(), { status: 401 });
await assert.rejects(nhost.auth.signInEmailPassword({ email, password: 'not this one at all' }), {
  status: 401,
});

const signedIn = await nhost.auth.signInEmailPassword({ email, password });
assert.equal(signedIn.body.session?.user?.email, email);
console.log(`done on ${process.version}`);
