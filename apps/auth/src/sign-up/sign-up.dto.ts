import { AnyCharacter } from '@nself/kernel';
import { IsBoolean, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { Email, WithSignUpOptions } from '../nhost';

/** Far above the policy's own limit: the policy words the refusal. */
const LONGEST = 1024;

export class RegisterDto {
  @Email()
  email: string;

  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST)
  @AnyCharacter()
  password: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  displayName?: string;

  @IsOptional()
  @IsString()
  @MaxLength(3)
  locale?: string;

  /** Token of an invitation: the person joins that family instead of getting one of their own. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  invitation?: string;

  /** Keep the refresh token in an httpOnly cookie as well. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

export class NhostSignUpDto extends WithSignUpOptions {
  @Email()
  email: string;

  @IsString()
  @MinLength(3)
  @MaxLength(LONGEST)
  @AnyCharacter()
  password: string;
}
