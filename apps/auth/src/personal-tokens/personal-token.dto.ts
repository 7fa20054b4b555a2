import { IsDateString, IsObject, IsOptional, IsUUID } from 'class-validator';

export class CreatePersonalTokenDto {
  @IsDateString()
  expiresAt: string;

  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class SignInWithPersonalTokenDto {
  @IsUUID()
  personalAccessToken: string;
}
