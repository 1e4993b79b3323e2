import { quote } from '../audit/quote.ts';
import { bytesWithin } from '../domain/bytes-within.ts';
import { Failure } from '../domain/failure.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';

/** One request to a service that keeps keys or secrets. Built anew for each attempt: some are signed with the time. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** How a service tells what went wrong. Null: the answer is what was asked for. */
export type Refusal = { readonly kind: 'refused' | 'unavailable' | 'login'; readonly why: string } | null;

export interface ServiceCall {
  /** For messages: `sign with alias/x of awskms`. */
  readonly what: string;
  readonly request: () => Promise<ServiceRequest>;
  readonly refusalOf: (answer: ServiceAnswer) => Refusal;
  /** Lets credentials that were refused be had anew, once for each call; left out: a refused login is final. */
  readonly renew?: () => Promise<void>;
}

export interface CallSettings {
  /** Milliseconds for one attempt. */
  readonly timeoutMs: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export const defaultCallSettings: CallSettings = { timeoutMs: 5_000, pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };

/**
 * Calls a service until it answers in full: tried again, twice at most, after no answer, an answer that asks for patience, or one that is none.
 * Redirects are not followed, since the credentials would go along; answers are JSON objects of 256 KiB at most.
 * @throws Failure KEY_UNAVAILABLE when no attempt was answered, KEY_REFUSED when the service says no, or can not be asked with such credentials.
 */
export async function callService(call: ServiceCall, settings: CallSettings): Promise<JsonObject> {
  let isRenewed = call.renew === undefined;
  let why = '';
  for (let attempt = 0; attempt < pausesMs.length + 1; ) {
    const outcome = await attemptOnce(call, settings);
    if (outcome.kind === 'answered') return outcome.body;
    why = outcome.why;
    if (outcome.kind === 'refused' || (outcome.kind === 'login' && isRenewed)) throw new Failure('KEY_REFUSED', `Cannot ${call.what}: the service answered ${why}, expected a yes. Nothing was signed or read. Compare the settings of the key service with its permissions and the state of the key.`);
    if (outcome.kind === 'login') {
      isRenewed = true;
      await call.renew?.();
      continue;
    }
    const pause = pausesMs[attempt];
    if (pause !== undefined) await settings.pause(pause);
    attempt += 1;
  }
  throw new Failure('KEY_UNAVAILABLE', `Cannot ${call.what}: ${why} after ${pausesMs.length + 1} attempts, expected an answer. Nothing was signed or read. See whether the service runs and can be reached from here; it is asked again with the next use.`);
}

type Attempt = { readonly kind: 'answered'; readonly body: JsonObject } | { readonly kind: 'refused' | 'unavailable' | 'login'; readonly why: string };

async function attemptOnce({ what, request, refusalOf }: ServiceCall, { timeoutMs }: CallSettings): Promise<Attempt> {
  const { url, ...asked } = await request();
  const options = { ...asked, headers: sendable(what, asked.headers) };
  let answer: ServiceAnswer;
  try {
    answer = await answerOf(await fetch(url, { ...options, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }));
  } catch (thrown) {
    return { kind: 'unavailable', why: `found ${reasonOf(thrown)}` };
  }
  if (answer.status >= 300 && answer.status < 400) return { kind: 'refused', why: `status ${answer.status}, a redirect, which is not followed` };
  const refusal = refusalOf(answer);
  if (refusal !== null) return refusal;
  return answer.status === 200 ? { kind: 'answered', body: answer.body } : { kind: answer.status >= 500 || answer.status === 429 ? 'unavailable' : 'refused', why: `status ${answer.status}` };
}

/** What is thrown otherwise quotes the credential. */
function sendable(what: string, headers: ServiceRequest['headers']): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new Failure('KEY_REFUSED', `Cannot ${what}: found a credential that no header can carry, expected one line of plain characters. Nothing was signed or read. Look at the token or the keys with which the service is asked.`);
  }
}

/** What is no JSON object counts only where the status says that all is well; else the status says enough. */
async function answerOf(response: Response): Promise<ServiceAnswer> {
  const { status } = response;
  const bytes = await bytesWithin(mostBytes, response.body);
  if (bytes === null) throw new Error(`an answer of more than ${mostBytes} bytes`);
  const body = parseJson(bytes);
  if (isJsonObject(body)) return { status, body };
  if (status === 200) throw new Error('an answer that is no JSON object');
  return { status, body: {} };
}

/** `fetch` says little itself and chains what happened. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return quote(String(thrown));
  if (thrown.name === 'TimeoutError') return 'no answer in time';
  const cause = thrown.cause instanceof Error ? ('code' in thrown.cause ? String(thrown.cause.code) : thrown.cause.message) : thrown.message;
  return /^[A-Za-z0-9 ,.'-]{1,80}$/.test(cause) ? cause : quote(cause);
}

/** A text of an answer, for messages. */
export function textIn(body: JsonObject, ...path: readonly string[]): string {
  let value: JsonValue | undefined = body;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** For an answer that came, and is not what it has to be. */
export function refusedAnswer(what: string, found: string, expected: string): Failure {
  return new Failure('KEY_REFUSED', `Cannot ${what}: the service answered ${found}, expected ${expected}. Nothing was signed. Check what stands between Plumbline and the key service.`);
}

const pausesMs = [150, 600];
const mostBytes = 256 * 1024;
