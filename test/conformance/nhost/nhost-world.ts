import { exportPKCS8, generateKeyPair } from 'jose';
import { newEmail } from '../../../apps/auth/testing/browser';
import { startAuth, type RunningAuth } from '../../../apps/auth/testing/harness';
import { OpenIdProvider } from '../../../apps/auth/testing/openid-provider';
import { SmsService } from '../../../apps/auth/testing/sms-service';
import { TokenIssuer } from '../../../apps/auth/testing/token-issuer';
import { anyFreePort } from '../../support';
import { Witness } from './witness';

/** The app that SDKs run in, and that browsers are sent back to. */
export const HOME = 'https://app.test';

/**
 * Auth with all that an SDK meets around it: mail, text messages, an OpenID provider that goes by the name of Google,
 * and Apple. Everybody outside, links in mails and providers too, knows auth by the address of the witness.
 */
export class NhostWorld {
  readonly house = new OpenIdProvider();
  readonly apple = new TokenIssuer();
  readonly sms = new SmsService();

  private constructor(
    readonly witness: Witness,
    /** Where SDKs are told that auth is. */
    readonly url: string,
  ) {}

  auth: RunningAuth;

  static async open(environment: Record<string, string> = {}): Promise<NhostWorld> {
    const port = await anyFreePort();
    const witness = new Witness(`http://127.0.0.1:${port}`);
    const world = new NhostWorld(witness, `${await witness.start()}/v1`);
    const neighbours = await world.neighbours();
    world.auth = await startAuth({
      AUTH_PORT: String(port),
      AUTH_SERVER_URL: world.url,
      AUTH_CLIENT_URL: HOME,
      ...neighbours,
      ...environment,
    });
    return world;
  }

  async close(): Promise<void> {
    this.witness.stop();
    await this.auth.stop();
    this.house.stop();
    this.apple.stop();
    this.sms.stop();
  }

  /** Seats somebody new at the provider's desk. Answers their address. */
  sit(id: string, verified = true): string {
    const email = newEmail(id);
    this.house.atTheDesk = id;
    this.house.people.set(id, { email, email_verified: verified, name: 'Layla' });
    return email;
  }

  /** An id token as Apple gives it to an app on a phone. */
  appleToken(claims: Record<string, unknown>): Promise<string> {
    return this.apple.idToken(claims, 'org.example.web');
  }

  private async neighbours(): Promise<Record<string, string>> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return {
      AUTH_SMS_URL: await this.sms.start(),
      AUTH_SMS_TOKEN: SmsService.TOKEN,
      AUTH_PROVIDER_GOOGLE_ENABLED: 'true',
      AUTH_PROVIDER_GOOGLE_CLIENT_ID: 'nself',
      AUTH_PROVIDER_GOOGLE_CLIENT_SECRET: 'a secret between houses',
      AUTH_PROVIDER_GOOGLE_ISSUER: await this.house.start(`${this.url}/signin/provider/google/callback`),
      AUTH_PROVIDER_APPLE_ENABLED: 'true',
      AUTH_PROVIDER_APPLE_CLIENT_ID: 'org.example.web',
      AUTH_PROVIDER_APPLE_TEAM_ID: 'TEAM',
      AUTH_PROVIDER_APPLE_KEY_ID: 'KEY',
      AUTH_PROVIDER_APPLE_PRIVATE_KEY: await exportPKCS8(privateKey),
      AUTH_PROVIDER_APPLE_ISSUER: await this.apple.start(publicKey),
    };
  }
}
