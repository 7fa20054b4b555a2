import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { SessionsModule } from '../sessions';
import { TicketsModule } from '../tickets';
import { EntryPolicy } from './entry-policy';
import { OutcomeDesk } from './outcome-desk';
import { SignInGate } from './sign-in-gate';

export { nhostAnswer, OutcomeDesk, sessionPayload, type NhostSignInAnswer } from './outcome-desk';
export { SignInGate, type Arrival, type SignInOutcome } from './sign-in-gate';
export type { SignInMethod } from './sign-in-method';

/** The last step of every sign-in. */
@Module({
  imports: [AccountsModule, SessionsModule, TicketsModule],
  providers: [EntryPolicy, OutcomeDesk, SignInGate],
  exports: [OutcomeDesk, SignInGate],
})
export class GateModule {}
