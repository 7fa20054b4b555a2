import type { IncomingMessage } from 'node:http';
import { clientAddress } from './address';

const OURS = new Set(['10.0.0.1', '10.0.0.2']);
const address = (remoteAddress: string, forwarded?: string): string =>
  clientAddress(
    { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } } as unknown as IncomingMessage,
    one => OURS.has(one),
  );

describe('the address of a client', () => {
  it.each([
    ['without a proxy', '7.7.7.7', undefined, '7.7.7.7'],
    ['behind our proxy', '10.0.0.1', '7.7.7.7', '7.7.7.7'],
    ['behind two of them', '10.0.0.1', '7.7.7.7, 10.0.0.2', '7.7.7.7'],
    ['who claims to stand behind others', '10.0.0.1', '1.1.1.1, 7.7.7.7', '7.7.7.7'],
    ['who claims to be a proxy', '7.7.7.7', '1.1.1.1', '7.7.7.7'],
    ['who is a proxy of ours', '10.0.0.1', undefined, '10.0.0.1'],
  ])('%s', (_, remote, forwarded, expected) => expect(address(remote, forwarded)).toBe(expected));
});
