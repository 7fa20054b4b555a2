import type { ServiceDefinition } from '@nself/kernel';
import { storageSettings } from '@nself/media';
import { tenancySettings } from '@nself/tenancy';
import { GatewayModule } from './gateway.module';
import { gatewaySettings } from './gateway.settings';

export const gatewayService: ServiceDefinition = {
  name: 'stream-gateway',
  module: GatewayModule,
  settings: [gatewaySettings, storageSettings, ...tenancySettings()],
  port: settings => settings.get(gatewaySettings).port,
};
