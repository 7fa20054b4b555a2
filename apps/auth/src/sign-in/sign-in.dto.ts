import { AnyCharacter } from '@nself/kernel';
import { IsBoolean, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { Email } from '../nhost';

/** Long enough for every password that was ever accepted; a longer one cannot be right. */
const LONGEST = 1024;

export class LoginDto {
  @Email()
  email: string;

  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST)
  @AnyCharacter()
  password: string;

  /** Keep the refresh token in an httpOnly cookie as well. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

export class NhostSignInDto {
  @Email()
  email: string;

  @IsString()
  @MinLength(3)
  @MaxLength(LONGEST)
  @AnyCharacter()
  password: string;
}
