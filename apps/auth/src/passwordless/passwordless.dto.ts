import { IsString, Matches } from 'class-validator';
import { Email, WithSignUpOptions } from '../nhost';

export class PasswordlessEmailDto extends WithSignUpOptions {
  @Email()
  email: string;
}

export class VerifyEmailCodeDto {
  @Email()
  email: string;

  @IsString()
  @Matches(/^\d{6}$/)
  otp: string;
}
