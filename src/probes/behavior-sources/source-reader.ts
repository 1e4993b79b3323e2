import type { IncomingMessage } from 'node:http';
import { quoted } from '../../domain/finding.ts';
import { guardedRequest } from './guarded-request.ts';
import type { GuardedConnection } from './guarded-request.ts';
import { listedUrl } from './listed-url.ts';
import { jsonTypeOf, typeInWords } from './media-type.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';
import { readLimitedBody } from './read-limited-body.ts';
import { secretObjection, tellsSecret } from './source-secret.ts';
import { sourceLimits } from './source-limits.ts';

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

export type SourceReaderOptions = GuardedConnection;

/** Reads JSON from services that whoever edits a behaviour names, within what the operator allows. */
export function createSourceReader(options: SourceReaderOptions): SourceReader {
  return {
    async read(request) {
      const listed = listedUrl(request.url, options.rules, 'behavior');
      if (listed.kind === 'no-signal') return listed;
      const objection = secretObjection(request.secret);
      if (objection !== null) return objection;
      const answered = await guardedRequest(options, { url: listed.url, secret: request.secret, headers: { accept: 'application/json', 'accept-encoding': 'gzip' }, answer: async (response, url) => await answerOf(response, url, request) });
      return answered.kind === 'answered' ? answered.value : noSignal(answered.why);
    },
  };
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
