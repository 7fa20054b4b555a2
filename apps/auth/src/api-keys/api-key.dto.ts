import { SCOPES, type Scope } from '@nself/identity';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsMoment } from '../nhost';

const ROLES = ['owner', 'admin_member', 'adult', 'youth', 'child', 'user'] as const;

export class CreateApiKeyDto {
  @IsString()
  @Length(1, 100)
  name: string;

  @IsArray()
  @ArrayMaxSize(SCOPES.length)
  @IsIn(SCOPES, { each: true })
  scopes: Scope[];

  /** The maker's own role or a lesser one; the maker's own unless said otherwise. */
  @IsOptional()
  @IsIn(ROLES)
  role?: (typeof ROLES)[number];

  /** Requests per minute in the name of the key, at all services together. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(6000)
  rateLimit?: number;

  @IsOptional()
  @IsMoment()
  expiresAt?: string;
}

export class ExchangeApiKeyDto {
  @IsString()
  @MaxLength(200)
  key: string;
}
