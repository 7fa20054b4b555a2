import { Module } from '@nestjs/common';
import { AccountRepository } from './account.repository';
import { NewcomerPolicy } from './newcomer-policy';

export { accountFrom, userView, type Account, type NewAccount, type UserView } from './account';
export { AnonymousForbidden, EmailNotAllowed, EmailUnverified, EndpointDisabled } from './account.errors';
export { AccountRepository, type AccountChange } from './account.repository';
export { accountSettings, type AccountSettings } from './account.settings';
export { isKeptEmail, keptEmail, plainEmail } from './email';
export { NewcomerPolicy, type Wishes } from './newcomer-policy';

/** Accounts as they are stored and shown. How they come to be and are proved lies in the rooms above. */
@Module({ providers: [AccountRepository, NewcomerPolicy], exports: [AccountRepository, NewcomerPolicy] })
export class AccountsModule {}
