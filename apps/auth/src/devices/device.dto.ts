import { IsIn, IsInt, IsOptional, IsString, Length, Matches, MaxLength, Min, Max } from 'class-validator';
import { DEVICE_TYPES, type DeviceType } from './device';
import type { SignedProof } from './device-proof';

const BASE64URL = /^[A-Za-z0-9_-]+$/;

export class BootstrapTokenDto {
  @IsIn(DEVICE_TYPES)
  deviceType: DeviceType;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  name?: string;

  /** Seconds until it expires; an hour unless said otherwise. */
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(604_800)
  expiresIn?: number;
}

class Proof implements SignedProof {
  @IsString()
  @Length(16, 128)
  @Matches(BASE64URL)
  nonce: string;

  @IsInt()
  timestamp: number;

  @IsString()
  @Length(86, 88)
  @Matches(BASE64URL)
  signature: string;
}

export class RegisterDeviceDto extends Proof {
  @IsString()
  @Length(20, 200)
  token: string;

  /** Ed25519, base64url of the raw 32 bytes. */
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  publicKey: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  name?: string;
}

export class DeviceTokenDto extends Proof {}

export class RotateKeyDto extends Proof {
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  publicKey: string;
}
