import { Body, Controller, Get, Header, HttpCode, Post, Query, UseFilters } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { GrantErrorFilter } from './grant-error.filter';
import type { PairingView } from './pairing';
import { PairingDesk, type DeviceGrant } from './pairing-desk';
import { PairingStart, type DeviceCodeAnswer } from './pairing-start';
import { ApprovePairingDto, DeviceCodeDto, DeviceTokenDto, PairingQuery } from './pairing.dto';

/** Pairing by a code that is typed elsewhere (RFC 8628). */
@Controller('v1')
export class PairingController {
  constructor(
    private readonly start: PairingStart,
    private readonly desk: PairingDesk,
  ) {}

  /** The device asks for a code. */
  @Public()
  @UseFilters(GrantErrorFilter)
  @Post('device/code')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  begin(@Body() body: DeviceCodeDto, @CurrentClient() client: Client): Promise<DeviceCodeAnswer> {
    return this.start.begin(body ?? {}, client);
  }

  /** The device asks whether somebody said yes. */
  @Public()
  @UseFilters(GrantErrorFilter)
  @Post('token/device')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  poll(@Body() body: DeviceTokenDto, @CurrentClient() client: Client): Promise<DeviceGrant> {
    return this.desk.poll(body ?? {}, client);
  }

  /** What is asked for: device, place, family, and a warning. */
  @Get('device/pairing')
  show(
    @Query() query: PairingQuery,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<PairingView> {
    return this.desk.show(query.userCode, actor, client);
  }

  /** Says yes, or no with `approve: false`. */
  @Post('device/approve')
  @HttpCode(200)
  approve(
    @Body() body: ApprovePairingDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<{ deviceId: string | null }> {
    return this.desk.decide(body, actor, client);
  }
}
