import { Get, Head, HttpCode } from '@nestjs/common';
import { Public } from '@nself/kernel';
import { AnswersOk, NhostFace, OK } from '../nhost';
import { installedVersion } from './version';

/** What Nhost's contract asks of the service itself. */
@Public()
@NhostFace()
export class SystemController {
  private readonly installed = installedVersion();

  @Head('healthz')
  @HttpCode(200)
  isAlive(): void {}

  @Get('healthz')
  @AnswersOk()
  healthz(): string {
    return OK;
  }

  @Get('version')
  version(): { version: string } {
    return { version: this.installed };
  }
}
