import { BadRequest, Conflict, SignupDisabled } from '@nself/kernel';

/** A state that we did not give out, or that was used already. */
export class StateInvalid extends BadRequest {
  readonly nhostCode = 'invalid-state';
}

/** The provider refused, or the person did there. */
export class ProviderRefused extends BadRequest {
  readonly nhostCode = 'oauth-provider-error';
}

/** What came back from the provider does not hold. */
export class ProviderExchangeFailed extends BadRequest {
  readonly nhostCode = 'oauth-token-echange-failed';
}

/** This account of the provider is joined to somebody else's account here. */
export class ProviderAccountTaken extends Conflict {
  readonly nhostCode = 'provider-account-already-linked';
}

/** There is an account with this address; it is not joined, because not both sides vouch for the address. */
export class EmailTaken extends Conflict {
  readonly nhostCode = 'email-already-in-use';
}

/** The sign-up route, and the account exists. */
export class UserAlreadyExists extends Conflict {
  readonly nhostCode = 'user-already-exists';
}

/** No account, and sign-in makes none here. */
export class NoAccountYet extends SignupDisabled {
  readonly nhostCode = 'signup-disabled';
}
