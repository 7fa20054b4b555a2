import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { TokensModule } from '../tokens';
import { ApiKeyExchange } from './api-key-exchange';
import { ApiKeyController } from './api-key.controller';
import { ApiKeyRepository } from './api-key.repository';
import { ApiKeyService } from './api-key.service';

/** Keys that people make for machines, exchanged for short access tokens. */
@Module({
  imports: [AccountsModule, MembershipsModule, RevocationsModule, TokensModule],
  controllers: [ApiKeyController],
  providers: [ApiKeyExchange, ApiKeyRepository, ApiKeyService],
})
export class ApiKeysModule {}
