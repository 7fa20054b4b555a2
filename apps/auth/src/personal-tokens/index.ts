import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ElevationModule } from '../elevation';
import { GateModule } from '../gate';
import { NhostPersonalTokenController } from './personal-token.controller';
import { PersonalTokenRepository } from './personal-token.repository';
import { PersonalTokenService } from './personal-token.service';

/** Long-lived tokens that people make for scripts of their own. */
@Module({
  imports: [AccountsModule, ElevationModule, GateModule],
  controllers: [NhostPersonalTokenController],
  providers: [PersonalTokenRepository, PersonalTokenService],
})
export class PersonalTokensModule {}
