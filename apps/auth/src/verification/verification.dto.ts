import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Email, IsAddress, WithRedirectOptions } from '../nhost';

export class VerifyQuery {
  @IsString()
  @MaxLength(200)
  ticket: string;

  /** Deprecated in Nhost's contract: the ticket knows its type. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  type?: string;

  @IsOptional()
  @IsAddress()
  redirectTo?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  codeChallenge?: string;

  @IsOptional()
  @Matches(/^[a-z]{2,3}$/)
  lang?: string;
}

export class SendVerificationDto extends WithRedirectOptions {
  @Email()
  email: string;
}
