import { AnyCharacter } from '@nself/kernel';
import { IsIn, IsObject, IsOptional, IsString, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { Email, WithSignUpOptions } from '../nhost';

export class AnonymousDto {
  @IsOptional()
  @IsString()
  @MaxLength(32)
  displayName?: string;

  @IsOptional()
  @IsString()
  @MinLength(2)
  @MaxLength(3)
  locale?: string;

  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class DeanonymizeDto extends WithSignUpOptions {
  @IsIn(['email-password', 'passwordless'])
  signInMethod: 'email-password' | 'passwordless';

  @Email()
  email: string;

  @ValidateIf((body: DeanonymizeDto) => body.signInMethod === 'email-password')
  @IsString()
  @MinLength(3)
  @MaxLength(1024)
  @AnyCharacter()
  password?: string;

  /** Deprecated in Nhost's contract; taken and ignored. */
  @IsOptional()
  @IsString()
  connection?: string;
}
