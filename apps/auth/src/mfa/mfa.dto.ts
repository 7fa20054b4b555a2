import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class MfaSignInDto {
  @Matches(/^mfaTotp:.*$/)
  @MaxLength(200)
  ticket: string;

  /** A code of the app, or a recovery code. */
  @IsString()
  @MaxLength(40)
  code: string;

  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

export class NhostMfaSignInDto {
  @Matches(/^mfaTotp:.*$/)
  @MaxLength(200)
  ticket: string;

  @IsString()
  @MaxLength(40)
  otp: string;
}

export class ChangeMfaDto {
  @IsString()
  @MaxLength(40)
  code: string;

  /** `totp` switches it on, an empty word off. */
  @IsOptional()
  @IsIn(['totp', ''])
  activeMfaType?: 'totp' | '';
}
