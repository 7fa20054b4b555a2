import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

type Network = readonly [IPv4 | IPv6, number];

/**
 * Which machines may be called. Everything that is not an ordinary public address is refused: loopback, private and
 * link-local ranges (with the metadata services of clouds), carrier NAT, multicast, IPv4 in IPv6 clothes. The
 * operator can allow names (`printer.home`, optionally with port) and networks (`10.1.0.0/16`).
 */
export class AddressRule {
  private readonly names: ReadonlySet<string>;
  private readonly networks: readonly Network[];

  constructor(allowed: readonly string[]) {
    this.names = new Set(allowed.filter(each => !isNetwork(each)).map(each => each.toLowerCase()));
    this.networks = allowed.filter(isNetwork).map(networkOf);
  }

  /** Whether the operator trusts this name (or name and port) wherever it leads. */
  allowsName(host: string, port: string): boolean {
    return this.names.has(host.toLowerCase()) || this.names.has(`${host.toLowerCase()}:${port}`);
  }

  /** Whether this IP address may be connected to. */
  allowsAddress(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const ip = ipaddr.process(address);
    return ip.range() === 'unicast' || this.networks.some(([network, bits]) => contains(ip, network, bits));
  }
}

const isNetwork = (text: string): boolean => ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

function networkOf(text: string): Network {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const ip = ipaddr.parse(text);
  return [ip, ip.kind() === 'ipv4' ? 32 : 128];
}

const contains = (ip: IPv4 | IPv6, network: IPv4 | IPv6, bits: number): boolean =>
  ip.kind() === network.kind() && ip.match(network, bits);
