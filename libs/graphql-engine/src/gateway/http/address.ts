import type { IncomingMessage } from 'node:http';

/** Whether the machine at this address, so many hops before us, is a proxy of ours (Express's `trust proxy fn`). */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** The nearest machine that is no proxy of ours: only a proxy of ours is believed about who stands before it. */
export function clientAddress({ headers, socket }: IncomingMessage, trusts: TrustsProxy): string {
  let address = socket.remoteAddress ?? '';
  const forwarded = String(headers['x-forwarded-for'] ?? '');
  const before = forwarded === '' ? [] : forwarded.split(',').reverse();
  for (const [hop, next] of before.entries()) {
    if (!trusts(address, hop)) return address;
    address = next.trim();
  }
  return address;
}
