import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { CurrentActor, Scoped, type Actor } from '@nself/identity';
import { CurrentClient, type Client } from '../client';
import { sessionAnswer, type SessionAnswer } from '../sessions';
import type { FamilyAnswer, OwnFamilyAnswer } from './family';
import { FamilySwitch } from './family-switch';
import { ChangeFamilyDto, CreateFamilyDto, SwitchFamilyDto, TransferFamilyDto } from './family.dto';
import { FamilyService, FamilyStewardship } from './family.service';

/** Families. */
@Controller('v1')
export class FamilyController {
  constructor(
    private readonly families: FamilyService,
    private readonly stewardship: FamilyStewardship,
    private readonly switches: FamilySwitch,
  ) {}

  /** Founds a family; the person becomes its OWNER. Switch to it to speak for it. */
  @Post('families')
  create(
    @Body() body: CreateFamilyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<FamilyAnswer> {
    return this.families.create(actor, body, client);
  }

  /** The person's families. */
  @Scoped('read')
  @Get('families')
  async list(@CurrentActor() actor: Actor): Promise<{ items: OwnFamilyAnswer[]; nextCursor: null }> {
    return { items: await this.families.list(actor), nextCursor: null };
  }

  /** The family that the token speaks for. */
  @Scoped('read')
  @Get('families/:id')
  get(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<FamilyAnswer> {
    return this.families.get(actor, id);
  }

  /** Changes name, description, time zone, language or settings. */
  @Scoped('write')
  @Patch('families/:id')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeFamilyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<FamilyAnswer> {
    return this.stewardship.change(actor, id, body, client);
  }

  /** Tokens that speak for this family from now on. */
  @Post('families/:id/switch')
  @HttpCode(200)
  async switch(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<SessionAnswer> {
    return sessionAnswer(await this.switches.to(actor, id, client));
  }

  /** The same, as the seeds spell it. */
  @Post('family/switch')
  @HttpCode(200)
  async switchTo(
    @Body() body: SwitchFamilyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<SessionAnswer> {
    return sessionAnswer(await this.switches.to(actor, body.familyId, client));
  }

  /** Hands the family over to another member. */
  @Post('families/:id/transfer')
  @HttpCode(204)
  transfer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: TransferFamilyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.stewardship.transfer(actor, id, body.userId, client);
  }
}
