import { quoted } from '../../domain/finding.ts';
import { guardedRequest } from '../behavior-sources/guarded-request.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { listedUrl } from '../behavior-sources/listed-url.ts';
import { readLimitedBody } from '../behavior-sources/read-limited-body.ts';
import type { Trouble } from '../behavior-sources/outside-service.ts';

export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly type: string; readonly bytes: Uint8Array; readonly host: string }
  | { readonly kind: 'too-large' }
  | Trouble;

/** Asks an index one thing. @param accept The forms that are understood. */
export type Ask = (url: string, accept: string) => Promise<Asked>;

/** Bytes of one answer. */
const most = 16 * 1024 * 1024;

/** One GET without any credential, to the host of the index alone: it may lead nowhere else. */
export function askOver(connection: GuardedConnection): Ask {
  return async (address, accept) => {
    const listed = listedUrl(address, connection.rules, 'registry');
    if (listed.kind === 'no-signal') return { kind: 'trouble', why: listed.why };
    const answered = await guardedRequest<Asked>(connection, {
      url: listed.url,
      secret: null,
      headers: { accept, 'accept-encoding': 'gzip' },
      followsRedirects: false,
      answer: async (response, { host }) => {
        const body = await readLimitedBody(response, most);
        if (body.kind !== 'whole') response.destroy();
        if (body.kind === 'too-large') return { kind: 'too-large' };
        if (body.kind === 'packed-otherwise') return { kind: 'trouble', why: `${quoted(host)} packed its answer in another way, expected gzip` };
        return { kind: 'answered', status: response.statusCode ?? 0, type: (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '', bytes: body.bytes, host };
      },
    });
    return answered.kind === 'answered' ? answered.value : { kind: 'trouble', why: answered.why, ...(answered.kind === 'trouble' ? { isOutage: true } : {}) };
  };
}
