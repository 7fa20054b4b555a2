import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditType } from '@nself/audit';
import type { Actor } from '@nself/identity';
import { decodeCursor, Forbidden, NotFound, pageOf, randomToken, type ListPage } from '@nself/kernel';
import type { EntityManager } from 'typeorm';
import type { Client } from '../client';
import { Mailer } from '../mail';
import { FamilyDoor } from '../memberships';
import { mayGrant } from '../rbac';
import { Redirects } from '../redirects';
import { invitationView, type Invitation, type InvitationView } from './invitation';
import { tokenHash } from './invitation-acceptance';
import type { CreateInvitationDto } from './invitation.dto';
import { InvitationRepository } from './invitation.repository';

const WEEK = 604_800;

/** An invitation the one time that its token is known. */
export interface NewInvitationView extends InvitationView {
  token: string;
  url: string;
}

/** Invitations as stewards of the family handle them. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly door: FamilyDoor,
    private readonly invitations: InvitationRepository,
    private readonly redirects: Redirects,
    private readonly mailer: Mailer,
    private readonly audit: AuditTrail,
  ) {}

  async invite(
    actor: Actor,
    familyId: string,
    wish: CreateInvitationDto,
    client: Client,
  ): Promise<NewInvitationView> {
    const token = randomToken(24);
    const url = this.redirects.invitation(token);
    const lifeSeconds = wish.expiresIn ?? WEEK;
    const made = await this.door.enter(actor, familyId, 'invitations.manage', async (manager, self) => {
      if (!mayGrant(self.role, wish.role)) throw new Forbidden('Nobody grants more than they hold.');
      const invitation = await this.invitations.insert(manager, {
        familyId,
        email: wish.email ?? null,
        role: wish.role,
        tokenHash: tokenHash(token),
        invitedBy: self.userId,
        lifeSeconds,
      });
      await this.note(manager, 'invitation.created', invitation, self.userId, client);
      await this.mail(manager, invitation, self.userId, url, lifeSeconds);
      return invitation;
    });
    return { ...invitationView(made), token, url };
  }

  async page(
    actor: Actor,
    familyId: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<ListPage<InvitationView>> {
    const after = cursor ? decodeCursor(cursor, 'id') : null;
    const found = await this.door.enter(actor, familyId, 'invitations.manage', manager =>
      this.invitations.list(manager, familyId, after, limit + 1),
    );
    return pageOf(found.map(invitationView), limit, invitation => [invitation.id]);
  }

  async get(actor: Actor, familyId: string, id: string): Promise<InvitationView> {
    const found = await this.door.enter(actor, familyId, 'invitations.manage', manager =>
      this.invitations.find(manager, familyId, id),
    );
    if (!found) throw new NotFound();
    return invitationView(found);
  }

  async withdraw(actor: Actor, familyId: string, id: string, client: Client): Promise<void> {
    await this.door.enter(actor, familyId, 'invitations.manage', async (manager, self) => {
      const withdrawn = await this.invitations.withdraw(manager, familyId, id);
      if (!withdrawn) throw new NotFound();
      await this.note(manager, 'invitation.revoked', withdrawn, self.userId, client);
    });
  }

  private async mail(
    manager: EntityManager,
    { email: to, familyId }: Invitation,
    invitedBy: string,
    link: string,
    lifeSeconds: number,
  ): Promise<void> {
    if (!to) return;
    const letterhead = await this.invitations.letterhead(manager, familyId, invitedBy);
    if (!letterhead) return;
    const { locale } = letterhead;
    const facts = { ...letterhead, link };
    await this.mailer.post(manager, { to, locale, template: 'family-invitation', facts }, lifeSeconds);
  }

  private async note(
    manager: EntityManager,
    type: AuditType,
    { id, familyId, role, email }: Invitation,
    actorId: string,
    client: Client,
  ): Promise<void> {
    await this.audit.record(manager, {
      type,
      familyId,
      actorId,
      subjectType: 'invitation',
      subjectId: id,
      newState: { role, email },
      ...client,
    });
  }
}
