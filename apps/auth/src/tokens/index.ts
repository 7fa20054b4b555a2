import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens';
import { CustomClaims } from './custom-claims';
import { JwksController } from './jwks.controller';
import { SigningKeys } from './signing-keys';

export { AccessTokens, type AccessToken, type TokenSubject } from './access-tokens';
export { CustomClaims } from './custom-claims';
export { SigningKeys } from './signing-keys';
export { tokenSettings, type TokenSettings } from './token.settings';

/** Signs access tokens and publishes the keys. Verification lives in libs/identity. */
@Module({
  controllers: [JwksController],
  providers: [AccessTokens, CustomClaims, SigningKeys],
  exports: [AccessTokens, CustomClaims, SigningKeys],
})
export class TokensModule {}
