import { Module } from '@nestjs/common';
import { OutboundModule } from '@nself/kernel';
import { BreachedPasswords } from './breached-passwords';
import { PasswordHasher } from './password-hasher';
import { PasswordPolicy } from './password-policy';

export { PASSWORD_MAX_LENGTH, PasswordPolicy, type PasswordOwner } from './password-policy';
export { PasswordHasher, type PasswordMatch } from './password-hasher';
export { passwordSettings } from './password.settings';

/** Judges new passwords and keeps them as argon2id hashes. Knows nothing of accounts. */
@Module({
  imports: [OutboundModule],
  providers: [BreachedPasswords, PasswordHasher, PasswordPolicy],
  exports: [PasswordHasher, PasswordPolicy],
})
export class PasswordsModule {}
