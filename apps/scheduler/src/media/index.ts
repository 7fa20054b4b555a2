import { Module } from '@nestjs/common';
import { MediaModule } from '@nself/media';
import { ProcessHandler } from './process.handler';
import { SweepHandler } from './sweep.handler';

/** Work on media that nobody waits for. */
@Module({ imports: [MediaModule], providers: [ProcessHandler, SweepHandler] })
export class MediaJobsModule {}
