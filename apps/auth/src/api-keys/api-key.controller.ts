import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import { CurrentClient, type Client } from '../client';
import type { AccessToken } from '../tokens';
import type { ApiKey } from './api-key';
import { ApiKeyExchange } from './api-key-exchange';
import { CreateApiKeyDto, ExchangeApiKeyDto } from './api-key.dto';
import { ApiKeyService } from './api-key.service';

/** Keys for machines. */
@Controller('v1')
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyService,
    private readonly exchanges: ApiKeyExchange,
  ) {}

  /** Makes a key for the family that the token speaks for; the key is shown this once. */
  @Post('api-keys')
  create(
    @Body() body: CreateApiKeyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<ApiKey & { key: string }> {
    return this.keys.create(actor, body, client);
  }

  /** The keys that the person made. */
  @Get('api-keys')
  async list(@CurrentActor() actor: Actor): Promise<{ items: ApiKey[]; nextCursor: null }> {
    return { items: await this.keys.list(actor), nextCursor: null };
  }

  /** Takes a key back. */
  @Delete('api-keys/:id')
  @HttpCode(204)
  revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    return this.keys.revoke(actor, id, client);
  }

  /** A short access token for a key. */
  @Public()
  @Post('token/api-key')
  @HttpCode(200)
  async exchange(@Body() body: ExchangeApiKeyDto): Promise<{ accessToken: string; expiresIn: number }> {
    return answerOf(await this.exchanges.exchange(body.key));
  }
}

const answerOf = ({ token, expiresIn }: AccessToken): { accessToken: string; expiresIn: number } => ({
  accessToken: token,
  expiresIn,
});
