import { TOTP } from 'otpauth';

const STEP_MS = 30_000;

/**
 * The app on a phone that shows one-time codes. A code is good once and for a step on either side of its own, so the
 * first code is that of now and the second that of the step to come: both stay good should a step pass on the way.
 */
export class AuthenticatorApp {
  private ahead = 0;

  constructor(private readonly secret: string) {}

  /** A code that was not shown before and is good for at least half a minute; there are two of them. */
  next(): string {
    if (this.ahead > 1) throw new Error('a third code would be good only half a minute from now');
    return new TOTP({ secret: this.secret }).generate({ timestamp: Date.now() + this.ahead++ * STEP_MS });
  }

  /** Six digits that are wrong at every moment nearby. */
  wrong(): string {
    const totp = new TOTP({ secret: this.secret });
    const near = [-3, -2, -1, 0, 1, 2, 3].map(step =>
      totp.generate({ timestamp: Date.now() + step * STEP_MS }),
    );
    return ['000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777'].find(
      code => !near.includes(code),
    ) as string;
  }
}
