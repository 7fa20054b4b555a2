import { expectStatus, send, type Services } from './http';
import type { Person } from './person';

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
 * fetches its token. For the box that is to come the steward makes a token beforehand.
 *
 * @returns false when the family has it already
 */
export async function pairDevice(services: Services, steward: Person, device: StoryDevice): Promise<boolean> {
  const query = 'query ($name: String!) { devices(where: { name: { _eq: $name } }) { id } }';
  const { devices } = await steward.graphql<{ devices: object[] }>(query, { name: device.name });
  if (devices.length > 0) return false;
  const json = { device_name: device.name, device_type: device.type };
  const { body: codes } = expectStatus(await send<Codes>(services.url('auth', '/v1/device/code'), { json }));
  const approval = { userCode: codes.user_code, name: device.name };
  expectStatus(await steward.call('auth', '/v1/device/approve', { json: approval }));
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: codes.device_code,
  };
  expectStatus(await send(services.url('auth', '/v1/token/device'), { json: grant }));
  const box = { deviceType: 'antbox', name: 'The box under the stairs, to come' };
  expectStatus(await steward.call('auth', '/v1/devices/bootstrap-tokens', { json: box }));
  return true;
}
