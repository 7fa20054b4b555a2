import { Injectable } from '@nestjs/common';
import type { Actor } from '@nself/identity';
import { decodeCursor, pageOf, type ListPage } from '@nself/kernel';
import { FamilyDoor } from '../memberships';
import { MemberRepository, type Member } from './member.repository';

export type MemberView = Omit<Member, 'joinedAt'> & { joinedAt: string };

/** Shows the members of a family to its members. */
@Injectable()
export class MemberList {
  constructor(
    private readonly door: FamilyDoor,
    private readonly members: MemberRepository,
  ) {}

  async page(
    actor: Actor,
    familyId: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<ListPage<MemberView>> {
    const after = cursor ? decodeCursor(cursor, 'moment', 'id') : null;
    const found = await this.door.enter(actor, familyId, 'members.read', manager =>
      this.members.list(manager, familyId, after, limit + 1),
    );
    const views = found.map(member => ({ ...member, joinedAt: member.joinedAt.toISOString() }));
    return pageOf(views, limit, member => [member.joinedAt, member.userId]);
  }
}
