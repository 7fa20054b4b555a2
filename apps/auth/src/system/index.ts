import { Module } from '@nestjs/common';
import { SystemController } from './system.controller';

/** Liveness and version, as Nhost's clients ask for them. */
@Module({ controllers: [SystemController] })
export class SystemModule {}
