import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { AlreadyMember, InvitationInvalid, sha256 } from '@nself/kernel';
import { anonymousContext, TenantTransaction } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from '../accounts';
import type { Client } from '../client';
import { contextOfPerson } from '../context';
import { personOf } from '../families';
import { MembershipRepository, mayStill } from '../memberships';
import { mayGrant } from '../rbac';
import { SessionSwitcher, type IssuedSession } from '../sessions';
import type { OpenInvitation } from './invitation';
import { InvitationRepository } from './invitation.repository';

/** Lets people into a family by the invitation they hold. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly tenants: TenantTransaction,
    private readonly invitations: InvitationRepository,
    private readonly memberships: MembershipRepository,
    private readonly accounts: AccountRepository,
    private readonly switcher: SessionSwitcher,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws InvitationInvalid unless it is open; and, when it names an address, unless it names this one */
  async find(token: string, email: string | null): Promise<OpenInvitation> {
    const invitation = await this.tenants.run(anonymousContext(), manager =>
      this.invitations.findByToken(manager, tokenHash(token)),
    );
    if (!invitation || !isMeant(invitation, email)) throw new InvitationInvalid();
    return invitation;
  }

  /** Joins the family and answers tokens that speak for it. Devices are paired instead: each has one family. */
  async accept(actor: Actor, token: string, client: Client): Promise<IssuedSession> {
    const userId = personOf(actor);
    const account = await this.tenants.run(contextOfPerson(userId), manager =>
      this.accounts.byId(manager, userId),
    );
    const invitation = await this.find(token, account?.email ?? null);
    await this.tenants.run(
      contextOfPerson(userId, { familyId: invitation.familyId, role: 'user' }),
      manager => this.enter(manager, invitation, userId, client),
    );
    return this.switcher.switchTo(actor, invitation.familyId);
  }

  /** Uses the invitation and makes the membership; the context must name its family. */
  async enter(
    manager: EntityManager,
    invitation: OpenInvitation,
    userId: string,
    client: Client,
  ): Promise<void> {
    const { familyId, role } = invitation;
    await this.assertStillGiven(manager, invitation);
    const existing = await this.memberships.lock(manager, familyId, userId);
    if (existing && existing.state !== 'pending_invite') throw new AlreadyMember();
    if (!(await this.invitations.use(manager, invitation.id, userId))) throw new InvitationInvalid();
    await this.memberships.join(manager, { familyId, userId, role });
    await this.audit.record(manager, {
      type: 'invitation.accepted',
      familyId,
      actorId: userId,
      subjectType: 'invitation',
      subjectId: invitation.id,
      ...client,
    });
    await this.audit.record(manager, {
      type: 'member.joined',
      familyId,
      actorId: userId,
      subjectType: 'user',
      subjectId: userId,
      newState: { role, invitationId: invitation.id },
      ...client,
    });
  }

  /** @throws InvitationInvalid when whoever invited is gone, or could no longer give this role */
  private async assertStillGiven(
    manager: EntityManager,
    { familyId, invitedBy, role }: OpenInvitation,
  ): Promise<void> {
    const inviter = invitedBy ? await this.memberships.find(manager, familyId, invitedBy) : undefined;
    if (!mayStill(inviter, 'invitations.manage') || !mayGrant(inviter.role, role))
      throw new InvitationInvalid();
  }
}

/** What is kept of a token: it is random, so a plain digest is enough. */
export const tokenHash = (token: string): string => sha256(token).toString('hex');

const isMeant = (invitation: OpenInvitation, email: string | null): boolean =>
  invitation.email === null || invitation.email.toLowerCase() === email?.toLowerCase();
