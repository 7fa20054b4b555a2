import { Conflict, Forbidden, Unauthenticated, ValidationFailed } from '@nself/kernel';

/** A default role that is not among the roles asked for. */
export class DefaultRoleNotAllowed extends ValidationFailed {
  readonly nhostCode = 'default-role-must-be-in-allowed-roles';
}

/** A role that new accounts cannot have. */
export class RoleNotAllowed extends ValidationFailed {
  readonly nhostCode = 'role-not-allowed';
}

/** A language that the installation does not speak. */
export class LocaleNotAllowed extends ValidationFailed {
  readonly nhostCode = 'locale-not-allowed';
}

/** The operator keeps this address out; a Nhost client hears what it hears of a wrong password. */
export class EmailNotAllowed extends Forbidden {
  readonly nhostCode = 'invalid-email-password';
}

/** The operator wants confirmed addresses, and this one is not. */
export class EmailUnverified extends Unauthenticated {
  readonly nhostCode = 'unverified-user';

  constructor() {
    super('Please confirm your e-mail address first; the link is in your mail.');
  }
}

/** An anonymous visitor asked for something that needs an account. */
export class AnonymousForbidden extends Forbidden {
  readonly nhostCode = 'forbidden-anonymous';
}

/** The operator switched this way to sign in off. */
export class EndpointDisabled extends Conflict {
  readonly nhostCode = 'disabled-endpoint';

  constructor() {
    super('This way to sign in is switched off here.');
  }
}
