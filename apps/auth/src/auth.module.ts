import { Module } from '@nestjs/common';
import { AuditModule } from '@nself/audit';
import { identitySettings, IdentityModule, KeySource, LocalKeys, SharedSecrets } from '@nself/identity';
import type { SettingsOf } from '@nself/kernel';
import { TenancyModule } from '@nself/tenancy';
import { TENANCY } from './auth.settings';
import { ApiKeysModule } from './api-keys';
import { BackgroundModule } from './background';
import { DevicesModule } from './devices';
import { EmailChangeModule } from './email-change';
import { FamiliesModule } from './families';
import { HousekeepingModule } from './housekeeping';
import { InvitationsModule } from './invitations';
import { LimitsModule } from './limits';
import { MembersModule } from './members';
import { PairingModule } from './pairing';
import { PasswordChangeModule } from './password-change';
import { AccountDataModule } from './account-data';
import { AnonymousModule } from './anonymous';
import { MfaModule } from './mfa';
import { PasswordlessModule } from './passwordless';
import { PersonalTokensModule } from './personal-tokens';
import { SmsModule } from './sms';
import { OAuthModule } from './oauth';
import { ProfileModule } from './profile';
import { ServiceTokensModule } from './service-tokens';
import { SessionsModule } from './sessions';
import { SignInModule } from './sign-in';
import { SignUpModule } from './sign-up';
import { SystemModule } from './system';
import { SigningKeys, TokensModule } from './tokens';
import { VerificationModule } from './verification';
import { WebauthnModule } from './webauthn';

/** Auth verifies with the keys that it signs with; the others fetch them. */
const ownKeys = {
  provide: KeySource,
  useFactory: (keys: SigningKeys, settings: SettingsOf<typeof identitySettings>) =>
    settings.algorithm === 'HS256' ? SharedSecrets.of(settings) : new LocalKeys(() => keys.jwks()),
  inject: [SigningKeys, identitySettings.token],
};

/** Who are you: accounts, sessions, tokens, families, invitations, devices. */
@Module({
  imports: [
    // Its guard comes first, so that strangers are counted too.
    LimitsModule,
    AuditModule,
    TenancyModule.forRoot(TENANCY),
    IdentityModule.forRoot({ database: 'auth', keys: ownKeys, imports: [TokensModule] }),
    BackgroundModule,
    AccountDataModule,
    ApiKeysModule,
    DevicesModule,
    EmailChangeModule,
    FamiliesModule,
    HousekeepingModule,
    InvitationsModule,
    MembersModule,
    PairingModule,
    PasswordChangeModule,
    AnonymousModule,
    MfaModule,
    PasswordlessModule,
    PersonalTokensModule,
    SmsModule,
    OAuthModule,
    ProfileModule,
    ServiceTokensModule,
    SessionsModule,
    SignInModule,
    SignUpModule,
    SystemModule,
    TokensModule,
    VerificationModule,
    WebauthnModule,
  ],
})
export class AuthModule {}
