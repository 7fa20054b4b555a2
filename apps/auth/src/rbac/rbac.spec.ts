import type { MemberRole } from '@nself/identity';
import { GRANTABLE_ROLES, mayDo, mayGrant, mayTouch, type FamilyAction } from './index';

const roles: MemberRole[] = ['OWNER', 'ADMIN', 'ADULT_MEMBER', 'YOUTH_MEMBER', 'CHILD_MEMBER', 'DEVICE'];

const matrix: Record<FamilyAction, string> = {
  'family.read': 'OWNER ADMIN ADULT_MEMBER YOUTH_MEMBER CHILD_MEMBER DEVICE',
  'family.configure': 'OWNER ADMIN',
  'family.transfer': 'OWNER',
  'family.leave': 'OWNER ADMIN ADULT_MEMBER YOUTH_MEMBER CHILD_MEMBER',
  'members.read': 'OWNER ADMIN ADULT_MEMBER YOUTH_MEMBER CHILD_MEMBER',
  'members.change-role': 'OWNER',
  'members.change-state': 'OWNER ADMIN',
  'members.remove': 'OWNER ADMIN',
  'invitations.manage': 'OWNER ADMIN',
  'devices.manage': 'OWNER ADMIN',
  'sessions.manage': 'OWNER ADMIN',
  'api-keys.manage': 'OWNER ADMIN',
};

describe('the RBAC matrix', () => {
  it.each(Object.entries(matrix) as [FamilyAction, string][])('%s: %s', (action, allowed) => {
    expect(roles.filter(role => mayDo(role, action)).join(' ')).toBe(allowed);
  });

  it('lets nobody grant more than they hold, and nobody make a device by invitation', () => {
    const grants = roles.map(
      granter => `${granter}: ${roles.filter(role => mayGrant(granter, role)).length}`,
    );
    expect(grants).toEqual([
      'OWNER: 5',
      'ADMIN: 4',
      'ADULT_MEMBER: 3',
      'YOUTH_MEMBER: 2',
      'CHILD_MEMBER: 1',
      'DEVICE: 0',
    ]);
    expect(mayGrant('ADMIN', 'OWNER')).toBe(false);
    expect(GRANTABLE_ROLES).not.toContain('DEVICE');
  });

  it('protects owners from everybody but owners', () => {
    expect(roles.filter(role => mayTouch(role, 'OWNER'))).toEqual(['OWNER']);
    expect(mayTouch('ADMIN', 'ADMIN')).toBe(true);
  });
});
