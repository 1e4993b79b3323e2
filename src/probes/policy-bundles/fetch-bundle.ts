import type { IncomingMessage } from 'node:http';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Answer, PinnedContent } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { quoted } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import { guardedRequest } from '../behavior-sources/guarded-request.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { isPassing } from '../behavior-sources/is-passing.ts';
import { listedUrl } from '../behavior-sources/listed-url.ts';
import { readLimitedBody } from '../behavior-sources/read-limited-body.ts';

/** What was fetched before, by its digest. Losing it costs a request. */
export interface KeptBundles {
  find(digest: Digest): Promise<Uint8Array | null>;
  keep(digest: Digest, bytes: Uint8Array): Promise<void>;
}

export interface BundleFetcher {
  /** What is pinned, from what was kept or by one GET without any credential. What has another digest is refused. */
  fetch(wanted: Pick<RequestOf<'pinned-bundle'>, 'url' | 'digest'>): Promise<Answer<'pinned-bundle'>>;
}

/** Fetches bundles from hosts that whoever runs Plumbline allows, whoever names them in a configuration. Who asks at once shares the answer. */
export function createBundleFetcher(connection: GuardedConnection, kept: KeptBundles): BundleFetcher {
  const underway = new Map<string, Promise<Answer<'pinned-bundle'>>>();
  return {
    async fetch(wanted) {
      const key = `${wanted.digest} ${wanted.url}`;
      const known = underway.get(key);
      if (known !== undefined) return await known;
      const fetching = fetchAnew(wanted, connection, kept).finally(() => underway.delete(key));
      underway.set(key, fetching);
      return await fetching;
    },
  };
}

async function fetchAnew({ url, digest }: Parameters<BundleFetcher['fetch']>[0], connection: GuardedConnection, kept: KeptBundles): Promise<Answer<'pinned-bundle'>> {
  const listed = listedUrl(url, connection.rules, 'bundle');
  if (listed.kind === 'no-signal') return refused(listed.why);
  const known = await kept.find(digest);
  if (known !== null && digestOfBytes(known) === digest) return { kind: 'answered', value: { kind: 'bytes', bytes: known } };
  const answered = await guardedRequest(connection, { url: listed.url, secret: null, headers, answer: async (response, at) => await answerOf(response, at, digest) });
  if (answered.kind !== 'answered') return answered.kind === 'refused' ? refused(answered.why) : { kind: 'unavailable', why: answered.why };
  const { value } = answered;
  if (value.kind === 'answered' && value.value.kind === 'bytes') await kept.keep(digest, value.value.bytes);
  return value;
}

const headers = { accept: 'application/gzip, application/octet-stream;q=0.9, */*;q=0.1', 'accept-encoding': 'identity' };

async function answerOf(response: IncomingMessage, { host }: URL, digest: Digest): Promise<Answer<'pinned-bundle'>> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.destroy();
    const why = `${quoted(host)} answered ${status}, expected 200`;
    return isPassing(status) ? { kind: 'unavailable', why } : refused(why);
  }
  const body = await readLimitedBody(response, limits.bundleBytes);
  if (body.kind !== 'whole') {
    response.destroy();
    return refused(`${quoted(host)} answered ${body.kind === 'too-large' ? 'with too much' : 'packed in another way'}, expected at most ${limits.bundleBytes} bytes as they are`);
  }
  const found = digestOfBytes(body.bytes);
  return found === digest ? { kind: 'answered', value: { kind: 'bytes', bytes: body.bytes } } : refused(`${quoted(host)} answered something that has the digest ${found}, expected ${digest}`);
}

function refused(why: string): { readonly kind: 'answered'; readonly value: Extract<PinnedContent, { readonly kind: 'refused' }> } {
  return { kind: 'answered', value: { kind: 'refused', why } };
}
