import { Module } from '@nestjs/common';
import { SilenceWatch } from './silence.watch';
import { StreamController } from './stream.controller';
import { StreamRepository } from './stream.repository';
import { StreamService } from './stream.service';

/** Admission of streams: who may watch now, on which device, until when. */
@Module({
  controllers: [StreamController],
  providers: [StreamService, StreamRepository, SilenceWatch],
})
export class AdmissionModule {}
