import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * From where a request comes, as it is counted: of IPv6 the network of one site (64 bits), in which one machine has any number of addresses.
 * @param proxies How many of the operator's own stand before the server: each writes down whom it heard, and what was written before the first of them is anybody's word.
 */
export function clientAddressOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): string {
  const heard = socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return networkOf(heard);
  const written = String(headers['x-forwarded-for'] ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');
  return networkOf(written.at(-proxies) ?? heard);
}

function networkOf(address: string): string {
  const plain = address.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').slice(0, 100);
  return isIPv6(plain) ? networkIn(plain) : plain;
}

/** The first four groups, with what `::` stands for. */
function networkIn(address: string): string {
  const [before = '', after] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const [head, tail] = [groupsIn(before), groupsIn(after ?? '')];
  const all = after === undefined ? head : [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail];
  return all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}

function groupsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
