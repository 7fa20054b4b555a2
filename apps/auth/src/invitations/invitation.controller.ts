import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CurrentActor, Scoped, type Actor } from '@nself/identity';
import type { ListPage } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { PageDto } from '../paging';
import { sessionAnswer, type SessionAnswer } from '../sessions';
import type { InvitationView } from './invitation';
import { InvitationAcceptance } from './invitation-acceptance';
import { AcceptInvitationDto, CreateInvitationDto } from './invitation.dto';
import { InvitationService, type NewInvitationView } from './invitation.service';

/** Invitations to a family. */
@Controller('v1')
export class InvitationController {
  constructor(
    private readonly invitations: InvitationService,
    private readonly acceptance: InvitationAcceptance,
  ) {}

  /** Invites by mail or by a link; token and link are shown this once. */
  @Post('families/:id/invitations')
  create(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CreateInvitationDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<NewInvitationView> {
    return this.invitations.invite(actor, id, body, client);
  }

  /** The invitations of the family, newest first. */
  @Scoped('read')
  @Get('families/:id/invitations')
  list(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() page: PageDto,
    @CurrentActor() actor: Actor,
  ): Promise<ListPage<InvitationView>> {
    return this.invitations.page(actor, id, page);
  }

  /** One invitation. */
  @Scoped('read')
  @Get('families/:id/invitations/:invitationId')
  get(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('invitationId', ParseUUIDPipe) invitationId: string,
    @CurrentActor() actor: Actor,
  ): Promise<InvitationView> {
    return this.invitations.get(actor, id, invitationId);
  }

  /** Withdraws an invitation that nobody accepted yet. */
  @Delete('families/:id/invitations/:invitationId')
  @HttpCode(204)
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('invitationId', ParseUUIDPipe) invitationId: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.invitations.withdraw(actor, id, invitationId, client);
  }

  /** Joins the family of an invitation; the tokens that come back speak for it. */
  @Post('invitations/accept')
  @HttpCode(200)
  async accept(
    @Body() body: AcceptInvitationDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<SessionAnswer> {
    return sessionAnswer(await this.acceptance.accept(actor, body.token, client));
  }
}
