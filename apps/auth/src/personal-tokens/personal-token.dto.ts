import { IsObject, IsOptional, IsUUID } from 'class-validator';
import { IsMoment } from '../nhost';

export class CreatePersonalTokenDto {
  @IsMoment()
  expiresAt: string;

  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class SignInWithPersonalTokenDto {
  @IsUUID()
  personalAccessToken: string;
}
