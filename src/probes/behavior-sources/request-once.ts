import { Agent as PlainAgent, request as requestPlain } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Address } from './resolve-host.ts';
import { sourceLimits } from './source-limits.ts';

export interface PinnedRequest {
  readonly url: URL;
  /** Checked. No other look-up happens, so that the name can not stand for something else by now. */
  readonly addresses: readonly Address[];
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
  /** PEM. Instead of those that Node trusts. */
  readonly certificateAuthority: string | null;
}

/**
 * One GET over a connection of its own, through no proxy. The certificate has to be the name's, whatever the environment
 * says. Resolves with the head of the answer, whose body the caller MUST read or destroy.
 */
export function requestOnce({ url, addresses, headers, signal, certificateAuthority }: PinnedRequest): Promise<IncomingMessage> {
  const shared = { headers, signal, lookup: lookupOf(addresses), maxHeaderSize: sourceLimits.headerBytes };
  const trust = certificateAuthority === null ? {} : { ca: certificateAuthority };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? requestSecure(url, { ...shared, ...trust, agent: new SecureAgent({ keepAlive: false }), rejectUnauthorized: true })
        : requestPlain(url, { ...shared, agent: new PlainAgent({ keepAlive: false }) });
    // Stays: an error after the head was read would end the process otherwise.
    request.on('error', reject);
    request.once('response', (response) => {
      response.on('error', reject);
      resolve(response);
    });
    request.end();
  });
}

function lookupOf(addresses: readonly Address[]): LookupFunction {
  return (name, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error(`${name} has no address`), '', 4);
    else callback(null, first.address, first.family);
  };
}
