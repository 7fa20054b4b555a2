export {
  GRANTABLE_ROLES,
  INVITABLE_ROLES,
  mayDo,
  mayGrant,
  mayTouch,
  type FamilyAction,
} from './family-actions';
