import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { GateModule } from '../gate';
import { PasswordsModule } from '../passwords';
import { SignInController } from './sign-in.controller';
import { NhostSignInController } from './sign-in.nhost.controller';
import { SignInService } from './sign-in.service';

export { SignInService } from './sign-in.service';

/** Signing in with e-mail and password. */
@Module({
  imports: [AccountsModule, GateModule, PasswordsModule],
  controllers: [SignInController, NhostSignInController],
  providers: [SignInService],
  exports: [SignInService],
})
export class SignInModule {}
