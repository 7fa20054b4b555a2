import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CurrentActor, Scoped, type Actor } from '@nself/identity';
import { Public, type ListPage } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import { PageDto } from '../paging';
import { sessionAnswer, type SessionAnswer } from '../sessions';
import { deviceView, type DeviceView } from './device';
import { DeviceEntry } from './device-entry';
import { BootstrapTokenDto, DeviceTokenDto, RegisterDeviceDto, RotateKeyDto } from './device.dto';
import { DeviceService } from './device.service';

/** Devices of the family that the token speaks for, and devices that speak for themselves. */
@Controller('v1/devices')
export class DeviceController {
  constructor(
    private readonly devices: DeviceService,
    private readonly entry: DeviceEntry,
  ) {}

  /** The devices of the family, newest first. */
  @Scoped('read')
  @Get()
  list(@Query() page: PageDto, @CurrentActor() actor: Actor): Promise<ListPage<DeviceView>> {
    return this.devices.page(actor, page);
  }

  /** A token that lets one box register itself, once. */
  @Post('bootstrap-tokens')
  bootstrapToken(
    @Body() body: BootstrapTokenDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<{ id: string; token: string; expiresAt: string }> {
    return this.devices.bootstrapToken(actor, body, client);
  }

  /** Registers a box with its key, by a bootstrap token; answers its first tokens. */
  @Public()
  @Post()
  async register(
    @Body() body: RegisterDeviceDto,
    @CurrentClient() client: Client,
  ): Promise<SessionAnswer & { device: DeviceView }> {
    const { device, session } = await this.entry.register(body, client);
    return { ...sessionAnswer(session), device: deviceView(device) };
  }

  /** Tokens for a box that signs a nonce with its key. */
  @Public()
  @Post(':id/token')
  @HttpCode(200)
  async enter(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DeviceTokenDto,
    @CurrentClient() client: Client,
  ): Promise<SessionAnswer> {
    return sessionAnswer(await this.entry.enter(id, body, client));
  }

  /** Replaces the key of a box; the old key signs for the new one. */
  @Public()
  @Post(':id/key')
  @HttpCode(200)
  async rotate(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RotateKeyDto,
    @CurrentClient() client: Client,
  ): Promise<DeviceView> {
    return deviceView(await this.entry.rotate(id, body.publicKey, body, client));
  }

  /** Revokes a device; its tokens are refused within a second. */
  @Delete(':id')
  @HttpCode(204)
  revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.devices.revoke(actor, id, client);
  }
}
