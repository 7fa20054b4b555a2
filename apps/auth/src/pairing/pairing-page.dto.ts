import { AnyCharacter } from '@nself/kernel';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Email } from '../nhost';

export class PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  user_code?: string;
}

export class PageSignIn {
  @IsString()
  @MaxLength(40)
  user_code: string;

  @Email()
  email: string;

  @IsString()
  @MaxLength(1024)
  @AnyCharacter()
  password: string;
}

export class PageFactor {
  @IsString()
  @MaxLength(40)
  user_code: string;

  @Matches(/^mfaTotp:.*$/)
  @MaxLength(200)
  ticket: string;

  @IsString()
  @MaxLength(40)
  otp: string;
}

export class PageAnswer {
  @IsString()
  @MaxLength(40)
  user_code: string;

  @IsString()
  @MaxLength(8192)
  ticket: string;

  @IsIn(['yes', 'no'])
  answer: 'yes' | 'no';
}
