import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { SessionsModule } from '../sessions';
import { OwnershipProof } from './ownership-proof';

export { OwnershipProof } from './ownership-proof';

/** Proof that an address is one's own, and what it voids. */
@Module({ imports: [AccountsModule, SessionsModule], providers: [OwnershipProof], exports: [OwnershipProof] })
export class OwnershipModule {}
