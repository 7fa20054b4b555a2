export const DEVICE_TYPES = ['antbox', 'antserver', 'browser', 'mobile', 'desktop', 'tv'] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

/** A device of a family. It has an account of the same id, so that sessions and tokens work as for people. */
export interface Device {
  id: string;
  familyId: string;
  type: DeviceType;
  name: string;
  publicKey: string | null;
  keyRotateAt: Date | null;
  trusted: boolean;
  trustedBy: string | null;
  revokedAt: Date | null;
  lastSeenAt: Date | null;
  createdAt: Date;
}

export interface NewDevice {
  id: string;
  familyId: string;
  type: DeviceType;
  name: string;
  publicKey: string | null;
  trustedBy: string | null;
}

export interface DeviceView {
  id: string;
  type: DeviceType;
  name: string;
  trusted: boolean;
  hasKey: boolean;
  keyRotateAt: string | null;
  revokedAt: string | null;
  lastSeenAt: string | null;
  createdAt: string;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const deviceView = (device: Device): DeviceView => ({
  id: device.id,
  type: device.type,
  name: device.name,
  trusted: device.trusted,
  hasKey: device.publicKey !== null,
  keyRotateAt: iso(device.keyRotateAt),
  revokedAt: iso(device.revokedAt),
  lastSeenAt: iso(device.lastSeenAt),
  createdAt: device.createdAt.toISOString(),
});
