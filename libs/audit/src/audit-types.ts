/**
 * Everything that the audit trail can tell, with what it means: a word that is not here cannot be recorded. Rooms add
 * theirs; a word never changes its meaning.
 */
export const auditTypes = {
  'account.created': 'Somebody registered.',
  'account.deleted': 'An account was deleted.',
  'account.disabled': 'An account was switched off.',
  'account.enabled': 'An account was switched on again.',
  'account.exported': 'A person asked for all of her data.',
  'account.changed': 'E-mail, name or another property of an account was changed.',
  'account.linked': 'A sign-in of another provider was joined to an account.',
  'sign_in.succeeded': 'Somebody signed in.',
  'sign_in.failed': 'A sign-in was refused.',
  'password.changed': 'A password was changed or reset.',
  'factor.added': 'A second factor or security key was added.',
  'factor.removed': 'A second factor or security key was removed.',
  'session.ended': 'A session was ended by its person or an administrator.',
  'token.reused': 'A refresh token was used again after its grace; its line was revoked.',
  'access.refused': 'Somebody asked for something that she may not have.',
  'api_key.created': 'A key for a machine was made.',
  'api_key.revoked': 'A key for a machine was revoked.',

  'family.created': 'A family was founded.',
  'family.changed': 'Name, settings or state of a family were changed.',
  'family.deleted': 'A family and what it held was deleted.',
  'family.transferred': 'A family was handed over to another owner.',
  'family.exported': "A family's data was exported.",
  'family.imported': "A family's data was imported.",
  'family.switched': 'Somebody took a token for another of her families.',
  'member.joined': 'Somebody became a member.',
  'member.removed': 'A member was removed.',
  'member.left': 'A member left.',
  'member.role_changed': 'A member got another role.',
  'member.state_changed': 'A member was suspended or taken back.',
  'member.app_role_changed': 'What a member is in one of the apps was changed.',
  'invitation.created': 'Somebody was invited.',
  'invitation.accepted': 'An invitation was accepted.',
  'invitation.revoked': 'An invitation was withdrawn.',

  'policy.mode_changed': 'Mahram mode, parental controls or moderation were switched.',
  'policy.override_changed': 'An exception to the rules of visibility was made, confirmed or removed.',
  'policy.controls_changed': 'What a minor may do, and with whom, was changed.',
  'relationship.created': 'Two people were said to be related.',
  'relationship.changed': 'A relationship was edited so that somebody sees more or less.',
  'relationship.removed': 'A relationship was taken back.',

  'post.deleted': 'A post was deleted.',
  'media.uploaded': 'A file was taken in.',
  'media.deleted': 'A file was deleted.',
  'content.deleted': 'An album, event, trip, recipe, vault, conversation or person of the tree was deleted.',
  'media.quarantined': 'A file was set aside as harmful.',
  'content.erased': 'What a person left behind was erased.',

  'entitlement.changed': 'Who may watch what was changed.',
  'memorial.decided': 'A memorial was approved or rejected.',

  'device.invited': 'A token was made by which a box registers itself.',
  'device.registered': 'A device was registered.',
  'device.trusted': 'A device was approved.',
  'device.key_changed': 'A device replaced its key.',
  'device.revoked': 'A device lost its trust.',
  'stream.started': 'A stream was admitted.',
  'stream.evicted': 'A stream was ended to make room for another.',
  'stream.refused': 'A stream was refused.',

  'vault.sealed': 'A legacy vault was sealed.',
  'vault.opened': 'A sealed vault was opened again by its owner.',
  'vault.released': 'A legacy vault was released to its recipients.',
  'vault.release_requested': 'A trustee asked for the release of a vault.',
  'vault.confirmed': 'A trustee confirmed a release.',
  'vault.objected': 'An owner objected to a release.',

  'admin.acted': 'An administrator of the installation changed something.',
  'job.replayed': 'A dead letter was tried again.',
  'backup.created': 'A backup was made.',
  'backup.restored': 'A backup was restored.',
  'platform.used': 'Our own code worked over all families; the reason is in the new state.',
} as const satisfies Readonly<Record<string, string>>;

/** The word for something that happened. */
export type AuditType = keyof typeof auditTypes;
