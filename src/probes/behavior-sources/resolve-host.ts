import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { quoted } from '../../domain/finding.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';
import { isLoopback, objectionToAddress } from './objection-to-address.ts';
import { sourceLimits } from './source-limits.ts';
import type { SourceRules } from './source-rules.ts';

/** All addresses of a name, as text. MUST ask anew at each call. Rejects where the name has none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export type ResolvedHost = { readonly kind: 'resolved'; readonly addresses: readonly Address[] } | NoSignal;

/**
 * The addresses to connect to, all of them checked. One that is refused refuses the name: which of them is taken would
 * otherwise be up to chance, or to whoever answers for the name.
 */
export async function resolveHost(url: URL, rules: SourceRules, resolve: Resolve): Promise<ResolvedHost> {
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(name) === 0 ? await resolve(name) : [name];
  if (found.length === 0 || found.length > sourceLimits.addresses) return noSignal(`${quoted(url.host)} has ${found.length} addresses, expected 1 to ${sourceLimits.addresses}`);
  for (const address of found) {
    const objection = objectionToAddress(address, rules);
    if (objection !== null) return noSignal(`${quoted(url.host)} stands for ${objection}, expected addresses of the public network${rules.allowsPrivate === true ? ' or of a private one' : ' only'}`);
  }
  if (url.protocol !== 'https:' && !found.every(isLoopback)) return noSignal(`${quoted(url.host)} was to be read by plain http, expected https`);
  return { kind: 'resolved', addresses: found.map((address) => ({ address, family: isIP(address) === 4 ? 4 : 6 })) };
}

/** As everything else on this machine resolves names, its hosts file included. */
export const resolveBySystem: Resolve = async (name) => (await lookup(name, { all: true, order: 'verbatim' })).map(({ address }) => address);
