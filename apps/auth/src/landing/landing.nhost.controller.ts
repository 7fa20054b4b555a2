import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { IsString, Length, MaxLength } from 'class-validator';
import { CurrentClient, type Client } from '../client';
import { NhostFace } from '../nhost';
import { nhostSession, type NhostSession } from '../sessions';
import { CodeExchange } from './code-exchange';

class ExchangeDto {
  @IsString()
  @MaxLength(200)
  code: string;

  @IsString()
  @Length(43, 128)
  codeVerifier: string;
}

/** The second half of PKCE, as the SDK asks for it from 4.5 on. */
@Public()
@NhostFace('token')
export class NhostExchangeController {
  constructor(private readonly codes: CodeExchange) {}

  @Post('exchange')
  @HttpCode(200)
  async exchange(
    @Body() body: ExchangeDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession }> {
    return { session: nhostSession(await this.codes.redeem(body.code, body.codeVerifier, 'oauth', client)) };
  }
}
