import { Email, WithRedirectOptions } from '../nhost';

export class ChangeEmailDto extends WithRedirectOptions {
  @Email()
  newEmail: string;
}
