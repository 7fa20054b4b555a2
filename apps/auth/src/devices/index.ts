import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { MembershipsModule } from '../memberships';
import { RevocationsModule } from '../revocations';
import { SessionsModule } from '../sessions';
import { DeviceEntry } from './device-entry';
import { DeviceProof } from './device-proof';
import { DeviceRegistry } from './device-registry';
import { DeviceSessions } from './device-sessions';
import { DeviceController } from './device.controller';
import { DeviceRepository } from './device.repository';
import { DeviceService } from './device.service';

export { DEVICE_TYPES, type Device, type DeviceType } from './device';
export { DeviceRegistry } from './device-registry';
export { DeviceSessions } from './device-sessions';

/** Devices of a family: known by a key of their own or by a person's approval. */
@Module({
  imports: [AccountsModule, MembershipsModule, RevocationsModule, SessionsModule],
  controllers: [DeviceController],
  providers: [DeviceEntry, DeviceProof, DeviceRegistry, DeviceRepository, DeviceService, DeviceSessions],
  exports: [DeviceRegistry, DeviceSessions],
})
export class DevicesModule {}
