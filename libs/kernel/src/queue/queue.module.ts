import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobHandlers } from './job-handler';

/** Offers {@link JobHandlers} to whoever runs jobs. */
@Module({ imports: [DiscoveryModule], providers: [JobHandlers], exports: [JobHandlers] })
export class QueueModule {}
