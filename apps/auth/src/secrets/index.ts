import { Module } from '@nestjs/common';
import { Secrets } from './secrets';

export { Secrets, secretSettings } from './secrets';

/** Keeps small secrets in the database so that the database alone does not give them away. */
@Module({ providers: [Secrets], exports: [Secrets] })
export class SecretsModule {}
