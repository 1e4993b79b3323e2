import { Failure } from '../domain/failure.ts';
import type { FailureCode } from '../domain/failure.ts';
import { optionalTextAt } from './answer.ts';
import type { Headers, Outcome } from './octokit.ts';

/** `create`: performing it twice makes two things, so that doubt about the answer is GITHUB_AMBIGUOUS. */
export type CallKind = 'read' | 'write' | 'create';

type Answered = Extract<Outcome, { kind: 'answered' }>;

/**
 * The failure that an outcome means, or null for a usable answer (2xx with JSON, 304, or the 302 that is waited for).
 * All of GitHub's ways to say no are told apart here and nowhere else.
 */
export function failureIn(outcome: Outcome, call: { readonly kind: CallKind; readonly route: string; readonly awaitsRedirect?: boolean }, now: Date): Failure | null {
  if (outcome.kind === 'broken') {
    return new Failure(outcome.unsent ? 'GITHUB_UNAVAILABLE' : doubt(call.kind), `Cannot call ${call.route}: ${outcome.why}, expected an answer`);
  }
  if (outcome.status === 304 || (outcome.status === 302 && call.awaitsRedirect === true)) return null;
  if (outcome.status >= 200 && outcome.status < 300) return isJson(outcome) ? null : garbled(outcome, call);
  const retryAt = retryInstant(outcome, now);
  return new Failure(codeOf(outcome, call.kind), messageOf(outcome, call.route), retryAt === null ? {} : { retryAt });
}

/** When GitHub lets us call again, from any answer: a success can be the last one of the hour. */
export function blockedUntil(outcome: Outcome, now: Date): Date | null {
  if (outcome.kind === 'broken') return null;
  if (isLimited(outcome)) return retryInstant(outcome, now);
  return header(outcome, 'x-ratelimit-remaining') === '0' ? resetInstant(outcome.headers, now) : null;
}

function codeOf(outcome: Answered, kind: CallKind): FailureCode {
  if (isLimited(outcome)) return 'GITHUB_RATE_LIMITED';
  if (outcome.status === 404 || outcome.status === 410) return 'NOT_FOUND';
  // Our token, not the request: nothing was performed, and it may be accepted once the operator has set the key or clock right.
  if (outcome.status === 401) return 'GITHUB_UNAVAILABLE';
  if (outcome.status >= 500 || outcome.status < 400) return doubt(kind);
  return outcome.status === 408 ? doubt(kind) : 'GITHUB_REFUSED';
}

function doubt(kind: CallKind): FailureCode {
  return kind === 'create' ? 'GITHUB_AMBIGUOUS' : 'GITHUB_UNAVAILABLE';
}

/** An HTML page with status 200, or JSON that stops in the middle, arrives as text. */
function isJson(outcome: Answered): boolean {
  return outcome.status === 204 || outcome.status === 202 || (typeof outcome.body === 'object' && outcome.body !== null && !(outcome.body instanceof ArrayBuffer));
}

function garbled(outcome: Answered, call: { readonly kind: CallKind; readonly route: string }): Failure {
  const type = header(outcome, 'content-type') ?? 'no content type';
  return new Failure(doubt(call.kind), `Cannot read the answer to ${call.route}: ${type.slice(0, 80)} that is no JSON, expected JSON`);
}

function isLimited(outcome: Answered): boolean {
  if (outcome.status === 429) return true;
  if (outcome.status !== 403) return false;
  return header(outcome, 'retry-after') !== null || header(outcome, 'x-ratelimit-remaining') === '0' || /rate limit|abuse detection/i.test(said(outcome));
}

/** GitHub asks for a minute's pause where it names no instant. */
const unnamedPause = 60_000;
const longestPause = 24 * 3_600_000;

function retryInstant(outcome: Answered, now: Date): Date | null {
  const after = header(outcome, 'retry-after');
  if (after !== null) return pauseFrom(now, /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now.getTime());
  if (!isLimited(outcome)) return null;
  return (header(outcome, 'x-ratelimit-remaining') === '0' ? resetInstant(outcome.headers, now) : null) ?? pauseFrom(now, unnamedPause);
}

/** The reset is by GitHub's clock: its own Date header says how far off ours is. */
function resetInstant(headers: Headers, now: Date): Date | null {
  const reset = Number(headers['x-ratelimit-reset']);
  if (!Number.isFinite(reset)) return null;
  const theirs = Date.parse(String(headers['date']));
  return pauseFrom(now, reset * 1000 - (Number.isNaN(theirs) ? now.getTime() : theirs));
}

function pauseFrom(now: Date, milliseconds: number): Date {
  const wanted = Number.isNaN(milliseconds) ? unnamedPause : milliseconds;
  return new Date(now.getTime() + Math.min(Math.max(wanted, 0), longestPause));
}

function messageOf(outcome: Answered, route: string): string {
  return `Cannot call ${route}: GitHub answered ${outcome.status} "${redacted(said(outcome)).slice(0, 200)}", expected success`;
}

function said(outcome: Answered): string {
  return optionalText(outcome.body) ?? '';
}

function optionalText(body: unknown): string | null {
  try {
    return optionalTextAt(body, ['message']);
  } catch {
    return null;
  }
}

/** Tokens are opaque and may be 520 characters long. */
export function redacted(text: string): string {
  return text.replaceAll(/gh[a-z]_[A-Za-z0-9._-]{16,}/g, '[redacted]').replaceAll(/eyJ[A-Za-z0-9._-]{16,}/g, '[redacted]');
}

function header(outcome: Answered, name: string): string | null {
  const value = outcome.headers[name];
  return value === undefined ? null : String(value);
}
