import type { MemberRole } from '@nself/identity';
import { IsIn, IsOptional } from 'class-validator';
import { GRANTABLE_ROLES } from '../rbac';

export class ChangeMemberDto {
  @IsOptional()
  @IsIn(GRANTABLE_ROLES)
  role?: MemberRole;

  /** Leaving and joining have routes of their own. */
  @IsOptional()
  @IsIn(['active', 'suspended'])
  state?: 'active' | 'suspended';
}
