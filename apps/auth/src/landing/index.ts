import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { GateModule } from '../gate';
import { RevocationsModule } from '../revocations';
import { SessionsModule } from '../sessions';
import { CodeExchange } from './code-exchange';
import { ExchangeCodeRepository } from './exchange-code.repository';
import { NhostExchangeController } from './landing.nhost.controller';
import { LandingService } from './landing.service';

export { landInError, LandingService, type Landing } from './landing.service';

/** How browsers come back to the app, signed in. */
@Module({
  imports: [AccountsModule, GateModule, RevocationsModule, SessionsModule],
  controllers: [NhostExchangeController],
  providers: [CodeExchange, ExchangeCodeRepository, LandingService],
  exports: [LandingService],
})
export class LandingModule {}
