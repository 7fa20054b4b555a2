import { Tolerant } from '@nself/kernel';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DEVICE_TYPES, type DeviceType } from '../devices';

/** RFC 8628 speaks in snake case, by form or JSON. */
@Tolerant()
export class DeviceCodeDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  client_id?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  scope?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  device_name?: string;

  @IsOptional()
  @IsIn(DEVICE_TYPES)
  device_type?: DeviceType;

  /** Ed25519, base64url of the raw 32 bytes; the device can then come back by its key. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  public_key?: string;
}

@Tolerant()
export class DeviceTokenDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  grant_type?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  device_code?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  client_id?: string;
}

export class PairingQuery {
  @IsString()
  @MaxLength(40)
  userCode: string;
}

export class ApprovePairingDto {
  @IsString()
  @MaxLength(40)
  userCode: string;

  /** False says no. */
  @IsOptional()
  @IsBoolean()
  approve?: boolean;

  /** A name for the device in the family. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  name?: string;
}
