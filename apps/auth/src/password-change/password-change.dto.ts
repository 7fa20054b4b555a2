import { AnyCharacter } from '@nself/kernel';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Email, WithRedirectOptions } from '../nhost';

export class ChangePasswordDto {
  @IsString()
  @MinLength(3)
  @MaxLength(1024)
  @AnyCharacter()
  newPassword: string;

  /** From a reset mail; stands in for a sign-in. */
  @IsOptional()
  @Matches(/^passwordReset:.*$/)
  @MaxLength(200)
  ticket?: string;
}

export class ResetPasswordDto extends WithRedirectOptions {
  @Email()
  email: string;
}
