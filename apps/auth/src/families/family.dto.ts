import {
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

const BLANK = /\S/;

export class CreateFamilyDto {
  @IsString()
  @Length(1, 200)
  @Matches(BLANK, { message: 'name must not be blank' })
  name: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  /** IANA name, such as Europe/Berlin. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  @IsOptional()
  @Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  locale?: string;
}

export class ChangeFamilyDto {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(BLANK, { message: 'name must not be blank' })
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  @IsOptional()
  @Matches(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  locale?: string;

  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown>;
}

export class SwitchFamilyDto {
  @IsUUID()
  familyId: string;
}

export class TransferFamilyDto {
  /** The member who becomes OWNER; the one who hands over becomes ADMIN. */
  @IsUUID()
  userId: string;
}
