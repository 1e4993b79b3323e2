import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { quoted } from '../../domain/finding.ts';
import { listedUrl } from './listed-url.ts';
import { requestOnce } from './request-once.ts';
import { resolveBySystem, resolveHost } from './resolve-host.ts';
import type { Resolve } from './resolve-host.ts';
import { secretHeaders, tellsSecret } from './source-secret.ts';
import { sourceLimits } from './source-limits.ts';
import type { SourceRules } from './source-rules.ts';
import { troubleInWords } from './trouble-in-words.ts';
import { OutOfTime, withinTime } from './within-time.ts';

export interface GuardedConnection {
  readonly rules: SourceRules;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** PEM, instead of those that Node trusts. */
  readonly certificateAuthority?: string;
}

export interface RequestToGuard<Answer> {
  /** As `listedUrl` let it through. */
  readonly url: URL;
  /** Sent as a bearer token (RFC 6750) to the origin of `url` and to no other. */
  readonly secret: string | null;
  readonly headers: OutgoingHttpHeaders;
  /** Left out: it is a GET; else a POST of these bytes, which follows no redirect. */
  readonly body?: Uint8Array;
  /** False: a redirect is refused, wherever it leads. Left out: it is followed within the rules. */
  readonly followsRedirects?: false;
  /** Reads the answer, or destroys it. */
  readonly answer: (response: IncomingMessage, url: URL) => Promise<Answer>;
}

/** `refused`: the rules are against it, or the service leads elsewhere or in circles. `trouble`: no answer came. Both say what was found and expected. */
export type GuardedAnswer<Answer> = { readonly kind: 'answered'; readonly value: Answer } | { readonly kind: 'refused' | 'trouble'; readonly why: string };

/** One GET, or POST where there is something to send, within what whoever runs Plumbline allows. Never rejects: whatever a service does is an answer. Nothing is tried again. */
export async function guardedRequest<Answer>(connection: GuardedConnection, request: RequestToGuard<Answer>): Promise<GuardedAnswer<Answer>> {
  const timeoutMs = connection.timeoutMs ?? sourceLimits.timeoutMs;
  try {
    return await withinTime(timeoutMs, async (signal) => await follow(connection, request, signal));
  } catch (thrown) {
    return { kind: 'trouble', why: `${quoted(request.url.host)} ${thrown instanceof OutOfTime ? `gave no whole answer within ${timeoutMs} ms` : troubleInWords(thrown)}, expected an answer` };
  }
}

/** Each hop is checked like the first. What once left the first origin carries no secret any more, not even back there. */
async function follow<Answer>({ rules, resolve, certificateAuthority }: GuardedConnection, request: RequestToGuard<Answer>, signal: AbortSignal): Promise<GuardedAnswer<Answer>> {
  const { url: first } = request;
  let url = first;
  let { secret } = request;
  for (let hop = 0; hop <= sourceLimits.redirects; hop += 1) {
    const host = await resolveHost(url, rules, resolve ?? resolveBySystem);
    if (host.kind === 'no-signal') return { kind: 'refused', why: host.why };
    const response = await requestOnce({ url, addresses: host.addresses, headers: { ...request.headers, 'user-agent': 'plumbline', ...secretHeaders(secret) }, body: request.body, signal, certificateAuthority: certificateAuthority ?? null });
    const location = redirectOf(response);
    if (location === null) return { kind: 'answered', value: await request.answer(response, url) };
    response.destroy();
    if (request.followsRedirects === false || request.body !== undefined) return { kind: 'refused', why: `${quoted(first.host)} redirects, expected an answer` };
    if (tellsSecret(location, request.secret)) return { kind: 'refused', why: `${quoted(first.host)} repeats the secret in a redirect, expected it not to` };
    const next = listedUrl(location, rules, 'redirect', url);
    if (next.kind === 'no-signal') return { kind: 'refused', why: next.why };
    if (next.url.origin !== first.origin) secret = null;
    url = next.url;
  }
  return { kind: 'refused', why: `${quoted(first.host)} redirects more than ${sourceLimits.redirects} times, expected an answer` };
}

const redirects: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  return redirects.includes(statusCode) ? (headers.location ?? null) : null;
}
