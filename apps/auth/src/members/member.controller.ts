import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { CurrentActor, Scoped, type Actor } from '@nself/identity';
import type { ListPage } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import type { Membership } from '../memberships';
import { PageDto } from '../paging';
import { MemberList, type MemberView } from './member-list';
import { ChangeMemberDto } from './member.dto';
import { MemberService } from './member.service';

/** The members of a family. */
@Controller('v1/families/:id')
export class MemberController {
  constructor(
    private readonly members: MemberService,
    private readonly memberList: MemberList,
  ) {}

  /** Who belongs to the family, in the order they joined. */
  @Scoped('read')
  @Get('members')
  list(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() page: PageDto,
    @CurrentActor() actor: Actor,
  ): Promise<ListPage<MemberView>> {
    return this.memberList.page(actor, id, page);
  }

  /** Gives a member another role, or suspends and readmits one. */
  @Patch('members/:userId')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('userId', ParseUUIDPipe) userId: string,
    @Body() body: ChangeMemberDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<Membership> {
    return this.members.change(actor, id, userId, body, client);
  }

  /** Removes a member. */
  @Delete('members/:userId')
  @HttpCode(204)
  remove(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('userId', ParseUUIDPipe) userId: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.members.remove(actor, id, userId, client);
  }

  /** Leaves the family. */
  @Post('leave')
  @HttpCode(204)
  leave(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.members.leave(actor, id, client);
  }
}
