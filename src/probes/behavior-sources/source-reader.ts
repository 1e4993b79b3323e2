import type { IncomingMessage } from 'node:http';
import { quoted } from '../../domain/finding.ts';
import { listedUrl } from './listed-url.ts';
import { jsonTypeOf, typeInWords } from './media-type.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';
import { readLimitedBody } from './read-limited-body.ts';
import { requestOnce } from './request-once.ts';
import { resolveBySystem, resolveHost } from './resolve-host.ts';
import type { Resolve } from './resolve-host.ts';
import { secretHeaders, secretObjection, tellsSecret } from './source-secret.ts';
import { sourceLimits } from './source-limits.ts';
import type { SourceRules } from './source-rules.ts';
import { troubleInWords } from './trouble-in-words.ts';
import { OutOfTime, withinTime } from './within-time.ts';

export interface SourceRequest {
  readonly url: string;
  /** Sent as a bearer token (RFC 6750) to the origin of `url` and to no other. The caller has checked that it is granted for the host. */
  readonly secret: string | null;
  /** The status that is waited for: the body of another is not read. */
  readonly status: number;
}

export type SourceAnswer =
  /** `mediaType`: JSON, in lower case, without parameters. */
  | { readonly kind: 'body'; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'other-status'; readonly status: number }
  | NoSignal;

export interface SourceReader {
  /** One GET. Never rejects: whatever a service does is an answer. Nothing is kept between two calls, nothing is tried again. */
  read(request: SourceRequest): Promise<SourceAnswer>;
}

export interface SourceReaderOptions {
  readonly rules: SourceRules;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** PEM, instead of those that Node trusts. */
  readonly certificateAuthority?: string;
}

/** Reads JSON from services that whoever edits a behaviour names, within what the operator allows. */
export function createSourceReader(options: SourceReaderOptions): SourceReader {
  const timeoutMs = options.timeoutMs ?? sourceLimits.timeoutMs;
  return {
    async read(request) {
      const listed = listedUrl(request.url, options.rules, 'behavior');
      if (listed.kind === 'no-signal') return listed;
      const objection = secretObjection(request.secret);
      if (objection !== null) return objection;
      try {
        return await withinTime(timeoutMs, async (signal) => await follow(listed.url, request, options, signal));
      } catch (thrown) {
        return noSignal(`${quoted(listed.url.host)} ${thrown instanceof OutOfTime ? `gave no whole answer within ${timeoutMs} ms` : troubleInWords(thrown)}, expected an answer`);
      }
    },
  };
}

/** Each hop is checked like the first. What once left the first origin carries no secret any more, not even back there. */
async function follow(first: URL, request: SourceRequest, options: SourceReaderOptions, signal: AbortSignal): Promise<SourceAnswer> {
  let url = first;
  let secret = request.secret;
  for (let hop = 0; hop <= sourceLimits.redirects; hop += 1) {
    const host = await resolveHost(url, options.rules, options.resolve ?? resolveBySystem);
    if (host.kind === 'no-signal') return host;
    const response = await requestOnce({ url, addresses: host.addresses, headers: { ...plainHeaders, ...secretHeaders(secret) }, signal, certificateAuthority: options.certificateAuthority ?? null });
    const location = redirectOf(response);
    if (location === null) return await answerOf(response, url, request);
    response.destroy();
    if (tellsSecret(location, request.secret)) return noSignal(`${quoted(first.host)} repeats the secret in a redirect, expected it not to`);
    const next = listedUrl(location, options.rules, 'redirect', url);
    if (next.kind === 'no-signal') return next;
    if (next.url.origin !== first.origin) secret = null;
    url = next.url;
  }
  return noSignal(`${quoted(first.host)} redirects more than ${sourceLimits.redirects} times, expected an answer`);
}

const plainHeaders = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'plumbline' };

const redirects: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  return redirects.includes(statusCode) ? (headers.location ?? null) : null;
}

async function answerOf(response: IncomingMessage, url: URL, { status, secret }: SourceRequest): Promise<SourceAnswer> {
  const refused = (found: string, expected: string): NoSignal => {
    response.destroy();
    return noSignal(`${quoted(url.host)} ${found}, expected ${expected}`);
  };
  if (response.statusCode !== status) {
    response.destroy();
    return { kind: 'other-status', status: response.statusCode ?? 0 };
  }
  const mediaType = jsonTypeOf(response.headers['content-type']);
  if (mediaType === null) return refused(`answered ${typeInWords(response.headers['content-type'])}`, 'application/json');
  const body = await readLimitedBody(response, sourceLimits.bodyBytes);
  if (body.kind === 'too-large') return refused('answered with too much', `at most ${sourceLimits.bodyBytes} bytes`);
  if (body.kind === 'packed-otherwise') return refused('packed its answer in another way', 'gzip or nothing');
  // Parts of an answer are shown, as a name in a violation: a secret that is repeated in it would be too.
  if (tellsSecret(Buffer.from(body.bytes).toString('latin1'), secret)) return refused('repeats the secret in its answer', 'it not to');
  return { kind: 'body', mediaType, bytes: body.bytes };
}
