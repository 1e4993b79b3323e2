import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { SourceRules } from './source-rules.ts';

/**
 * Why no connection may be opened to an address; null when it may. IPv4: what IANA's special-purpose registry (RFC 6890)
 * does not call globally reachable, and what is. IPv6: only the global unicast space 2000::/3 without its special parts,
 * so that everything that carries an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo) is refused as such.
 * A NAT64 prefix that an operator chose within its own global space can not be told from other addresses. Metadata of clouds is refused
 * wherever it is, in private networks too.
 */
export function objectionToAddress(address: string, { allowsLoopback, allowsPrivate }: Pick<SourceRules, 'allowsLoopback' | 'allowsPrivate'>): string | null {
  if (isLoopback(address)) return allowsLoopback ? null : 'an address of this machine';
  if (allowsPrivate === true && isPrivate(address)) return null;
  if (isIPv4(address)) return special4.check(address, 'ipv4') ? 'a private, reserved or metadata address' : null;
  // A zone (`fe80::1%eth0`) chooses a network interface: nothing on the public network has one.
  if (!isIPv6(address) || address.includes('%')) return 'no plain address';
  if (!global6.check(address, 'ipv6')) return 'no address of the public network';
  return special6.check(address, 'ipv6') ? 'a reserved address, or one that carries another inside' : null;
}

/** 127.0.0.0/8 and ::1 alone: other spellings of them are refused whatever is allowed. */
export function isLoopback(address: string): boolean {
  return isIPv4(address) ? loopback4.check(address, 'ipv4') : isIPv6(address) && loopback6.check(address, 'ipv6');
}

/** RFC 1918, RFC 6598 and RFC 4193. */
function isPrivate(address: string): boolean {
  if (isIPv4(address)) return private4.check(address, 'ipv4') && !metadata4.check(address, 'ipv4');
  return isIPv6(address) && !address.includes('%') && private6.check(address, 'ipv6') && !metadata6.check(address, 'ipv6');
}

type Subnet = readonly [address: string, prefix: number];

const loopback4 = listOf('ipv4', [['127.0.0.0', 8]]);
const loopback6 = listOf('ipv6', [['::1', 128]]);

const private4 = listOf('ipv4', [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
]);

const private6 = listOf('ipv6', [['fc00::', 7]]);

// Of Alibaba, Amazon, Google and Scaleway: the others are in no private network.
const metadata4 = listOf('ipv4', [['100.100.100.200', 32]]);

const metadata6 = listOf('ipv6', [
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
  ['fd00:42::', 32],
]);

const special4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  // Link-local: metadata of most clouds is at 169.254.169.254.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
  // A public address by which machines of Azure reach their host.
  ['168.63.129.16', 32],
]);

const global6 = listOf('ipv6', [['2000::', 3]]);

const special6 = listOf('ipv6', [
  // Teredo, benchmarking, ORCHID and other protocol assignments.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

function listOf(family: 'ipv4' | 'ipv6', subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, family);
  return list;
}
