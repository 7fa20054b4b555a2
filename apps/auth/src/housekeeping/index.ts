import { Module } from '@nestjs/common';
import { Housekeeping } from './housekeeping';

/** Sweeps out what has expired. */
@Module({ providers: [Housekeeping] })
export class HousekeepingModule {}
