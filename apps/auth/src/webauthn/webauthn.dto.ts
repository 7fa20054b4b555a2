import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Email, Options, SignUpOptions, WithSignUpOptions } from '../nhost';

/** What the body says about the account; older SDKs send the address where it is no longer used. */
class WithOptionalEmail {
  @IsOptional()
  @Email()
  email?: string;
}

export class SignInKeyDto extends WithOptionalEmail {}

export class VerifyKeyDto extends WithOptionalEmail {
  @IsObject()
  credential: AuthenticationResponseJSON;
}

export class SignUpKeyDto extends WithSignUpOptions {
  @Email()
  email: string;
}

/** Older SDKs say the name of the key here. */
class KeySignUpOptions extends SignUpOptions {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  nickname?: string;
}

export class VerifySignUpKeyDto {
  @IsObject()
  credential: RegistrationResponseJSON;

  @Options(() => KeySignUpOptions)
  options?: KeySignUpOptions;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  nickname?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  codeChallenge?: string;
}

export class AddKeyDto {
  @IsObject()
  credential: RegistrationResponseJSON;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  nickname?: string;
}
