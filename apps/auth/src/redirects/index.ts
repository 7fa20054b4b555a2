import { Module } from '@nestjs/common';
import { Redirects } from './redirects';

export { RedirectNotAllowed, Redirects, redirectSettings, withParameters } from './redirects';

/** Where browsers may be sent. */
@Module({ providers: [Redirects], exports: [Redirects] })
export class RedirectsModule {}
