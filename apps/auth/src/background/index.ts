import { Global, Module } from '@nestjs/common';
import { Background } from './background';

export { Background } from './background';

/** Work that an answer must not wait for. */
@Global()
@Module({ providers: [Background], exports: [Background] })
export class BackgroundModule {}
