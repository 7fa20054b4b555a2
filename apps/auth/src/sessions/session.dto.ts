import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** `POST /v1/auth/refresh`: the token here or in the cookie. */
export class RefreshDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  refreshToken?: string;

  /** Keep the new token in the httpOnly cookie as well. */
  @IsOptional()
  @IsBoolean()
  cookie?: boolean;
}

export class LogoutDto {
  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  refreshToken?: string;
}

export class NhostRefreshDto {
  @IsUUID()
  refreshToken: string;
}

export class NhostSignOutDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  refreshToken?: string;

  @IsOptional()
  @IsBoolean()
  all?: boolean;
}

export class NhostVerifyTokenDto {
  @IsOptional()
  @IsString()
  @MaxLength(8192)
  token?: string;
}
