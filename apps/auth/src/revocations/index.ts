import { Module } from '@nestjs/common';
import { TokensModule } from '../tokens';
import { RevocationWriter } from './revocation-writer';

export type { Revocation, Revoked } from './revocation';
export { RevocationWriter } from './revocation-writer';

/** Takes access tokens back before they expire. */
@Module({ imports: [TokensModule], providers: [RevocationWriter], exports: [RevocationWriter] })
export class RevocationsModule {}
