import { Transform } from 'class-transformer';
import { IsString, Matches } from 'class-validator';
import { WithSignUpOptions } from '../nhost';

/** A number in international form (E.164); spaces and dashes between digits fall away. */
const PhoneNumber = (): PropertyDecorator => (target, key) => {
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/[\s().-]/g, '') : value,
  )(target, key);
  Matches(/^\+[1-9]\d{6,14}$/, {
    message: 'phoneNumber must be in international form, such as +4915112345678',
  })(target, key);
};

export class SmsDto extends WithSignUpOptions {
  @PhoneNumber()
  phoneNumber: string;
}

export class VerifySmsDto {
  @PhoneNumber()
  phoneNumber: string;

  @IsString()
  @Matches(/^\d{6}$/)
  otp: string;
}
