import { Module } from '@nestjs/common';
import { MediaModule } from '@nself/media';
import { MediaItemsModule } from '../media';
import { UploadController } from './upload.controller';
import { UploadRepository } from './upload.repository';
import { UploadService } from './upload.service';

/** Uploads: files come in, are looked at, kept and recorded. */
@Module({
  imports: [MediaModule, MediaItemsModule],
  controllers: [UploadController],
  providers: [UploadService, UploadRepository],
})
export class UploadsModule {}
