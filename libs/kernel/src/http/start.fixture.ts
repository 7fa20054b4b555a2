import { Controller, Get, Module } from '@nestjs/common';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Public } from '../routes';
import { defineSettings, port, secret } from '../settings';
import { startService } from './start';

const millSettings = defineSettings('mill', {
  port: { env: 'MILL_PORT', meaning: 'Port of the mill.', shape: port() },
  key: { env: 'MILL_KEY', meaning: 'Key of the mill.', shape: secret({ minBytes: 16 }) },
});

@Public()
@Controller()
class MillController {
  /** In flight when the mill is told to stop, and for a while after it has closed its door. */
  @Get('slow')
  async slow(): Promise<string> {
    process.stdout.write('grinding\n');
    await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    await wait(2_500);
    return 'ground';
  }
}

@Module({ controllers: [MillController] })
class MillModule {}

void startService({
  name: 'mill',
  module: MillModule,
  settings: [millSettings],
  port: settings => settings.get(millSettings).port,
});
