import { Module } from '@nestjs/common';
import { TokensModule } from '../tokens';
import { ServiceTokenController } from './service-token.controller';
import { ServiceTokens } from './service-token.service';

export { serviceTokenSettings } from './service-token.settings';

/** Short tokens for services that speak to one another. */
@Module({ imports: [TokensModule], controllers: [ServiceTokenController], providers: [ServiceTokens] })
export class ServiceTokensModule {}
