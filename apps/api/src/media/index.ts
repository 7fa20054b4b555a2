import { Module } from '@nestjs/common';
import { MediaModule } from '@nself/media';
import { MediaController } from './media.controller';
import { MediaRepository } from './media.repository';
import { MediaService } from './media.service';
import { ObjectController } from './object.controller';
import { ObjectService } from './object.service';

export { MediaItemDto } from './media-item.dto';
export { MediaRepository } from './media.repository';

/** Media items and the signed links that open their bytes. */
@Module({
  imports: [MediaModule],
  controllers: [MediaController, ObjectController],
  providers: [MediaService, MediaRepository, ObjectService],
  exports: [MediaRepository],
})
export class MediaItemsModule {}
