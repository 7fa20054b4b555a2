import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { SigningKeys, type PublicJwks } from './signing-keys';

/** The keys that tokens are verified with, at the place of the RFC and at Nhost's. */
@Public()
@Controller(['.well-known', 'v1/.well-known'])
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=60')
  jwks(): PublicJwks {
    return this.keys.jwks();
  }
}
