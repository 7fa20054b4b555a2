import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions';
import { FreshSignIn } from './fresh-sign-in';

export { elevationSettings, FreshSignIn } from './fresh-sign-in';

/** Asks for proof again before what would lock the owner out. */
@Module({ imports: [SessionsModule], providers: [FreshSignIn], exports: [FreshSignIn] })
export class ElevationModule {}
