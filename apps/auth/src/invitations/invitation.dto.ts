import type { MemberRole } from '@nself/identity';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { Email } from '../nhost';
import { INVITABLE_ROLES } from '../rbac';

const DAY = 86_400;

export class CreateInvitationDto {
  /** Who is meant; without it whoever holds the link. */
  @IsOptional()
  @Email()
  email?: string;

  @IsIn(INVITABLE_ROLES)
  role: MemberRole;

  /** Seconds until it expires; a week unless said otherwise. */
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(90 * DAY)
  expiresIn?: number;
}

export class AcceptInvitationDto {
  @IsString()
  @Length(20, 200)
  token: string;
}
