import { Body, Controller, Header, HttpCode, Ip, Post } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { IsString, MaxLength } from 'class-validator';
import { Attempts } from '../limits';
import { ServiceTokens } from './service-token.service';

class ServiceTokenDto {
  @IsString()
  @MaxLength(63)
  service: string;

  @IsString()
  @MaxLength(500)
  secret: string;
}

/** Tokens for services. */
@Public()
@Controller('v1/token')
export class ServiceTokenController {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly attempts: Attempts,
  ) {}

  /** A token of five minutes for a service that shows its secret. */
  @Post('service')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async issue(
    @Body() body: ServiceTokenDto,
    @Ip() ip: string,
  ): Promise<{ accessToken: string; expiresIn: number }> {
    const { token, expiresIn } = await this.attempts.guarded(`service ${body.service}`, ip, () =>
      this.tokens.issue(body.service, body.secret),
    );
    return { accessToken: token, expiresIn };
  }
}
