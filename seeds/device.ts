import { send, type Addresses, type Person } from './person';

/** Something that shows what the family has, and is nobody: it takes part in the role DEVICE. */
export interface StoryDevice {
  readonly name: string;
  readonly type: 'tv' | 'antbox' | 'desktop';
}

interface Codes {
  readonly device_code: string;
  readonly user_code: string;
}

/**
 * Pairs a device as one does from a sofa (RFC 8628): it shows a code, a steward types it and says yes, and the device
 * fetches its token.
 *
 * @returns false when the family has it already
 */
export async function pairDevice(
  addresses: Addresses,
  steward: Person,
  device: StoryDevice,
): Promise<boolean> {
  const query = 'query ($name: String!) { devices(where: { name: { _eq: $name } }) { id } }';
  const { devices } = await steward.graphql<{ devices: object[] }>(query, { name: device.name });
  if (devices.length > 0) return false;
  const body = { device_name: device.name, device_type: device.type };
  const codes = await send<Codes>(`${addresses.auth}/v1/device/code`, { method: 'POST', body });
  await steward.auth('POST', '/v1/device/approve', { userCode: codes.user_code, name: device.name });
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: codes.device_code,
  };
  await send(`${addresses.auth}/v1/token/device`, { method: 'POST', body: grant });
  return true;
}
