import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Address } from './resolve-host.ts';
import { sourceLimits } from './source-limits.ts';

export interface PinnedRequest {
  readonly url: URL;
  /** Checked. No other look-up happens, so that the name can not stand for something else by now. */
  readonly addresses: readonly Address[];
  readonly headers: OutgoingHttpHeaders;
  /** Left out: it is a GET; else a POST of these bytes. */
  readonly body?: Uint8Array | undefined;
  readonly signal: AbortSignal;
  /** PEM. Instead of those that Node trusts. */
  readonly certificateAuthority: string | null;
}

/**
 * One request over a connection of its own, through no proxy. The certificate has to be the name's, whatever the environment
 * says. Resolves with the head of the answer, whose body the caller MUST read or destroy.
 */
export async function requestOnce({ url, addresses, headers, body, signal, certificateAuthority }: PinnedRequest): Promise<IncomingMessage> {
  // With the first request: what they bring along costs every command more than all that it asks of git.
  const [plain, secure] = await Promise.all([import('node:http'), import('node:https')]);
  const shared = { method: body === undefined ? 'GET' : 'POST', headers: body === undefined ? headers : { ...headers, 'content-length': body.byteLength }, signal, lookup: lookupOf(addresses), maxHeaderSize: sourceLimits.headerBytes };
  const trust = certificateAuthority === null ? {} : { ca: certificateAuthority };
  return await new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? secure.request(url, { ...shared, ...trust, agent: new secure.Agent({ keepAlive: false }), rejectUnauthorized: true })
        : plain.request(url, { ...shared, agent: new plain.Agent({ keepAlive: false }) });
    // Stays: an error after the head was read would end the process otherwise.
    request.on('error', reject);
    request.once('response', (response) => {
      response.on('error', reject);
      resolve(response);
    });
    request.end(body);
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
