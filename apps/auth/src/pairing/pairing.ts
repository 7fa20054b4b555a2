import type { DeviceType } from '../devices';

/** A device that waits for somebody to say yes. */
export interface Pairing {
  id: string;
  userCode: string;
  deviceName: string;
  deviceType: DeviceType;
  publicKey: string | null;
  ip: string | null;
  agent: string | null;
  state: 'pending' | 'approved' | 'denied' | 'claimed';
  intervalSeconds: number;
  /** Did the device ask again sooner than it was told to? */
  tooSoon: boolean;
  expired: boolean;
  familyId: string | null;
  deviceId: string | null;
  createdAt: Date;
}

/** What somebody is shown before saying yes: which device, where it asks from, and for which family. */
export interface PairingView {
  userCode: string;
  device: { name: string; type: DeviceType };
  /** Where the device asks from, as far as it can be known. */
  place: string;
  agent: string;
  requestedAt: string;
  family: { id: string; name: string };
  warning: string;
}
