import type { Refusal } from './refusal.ts';

/**
 * Every way our own machinery can break. A finding is about the change; a failure is about us.
 * Each code has a page in `docs/errors/`.
 */
export const failureCodes = [
  'CONFIG_INVALID',
  'USAGE',
  'SNAPSHOT_UNREADABLE',
  'GITHUB_REFUSED',
  'GITHUB_RATE_LIMITED',
  'GITHUB_UNAVAILABLE',
  'GITHUB_AMBIGUOUS',
  'NOT_FOUND',
  'STORE_LOCKED',
  'STORE_UNAVAILABLE',
  'STORE_INCONSISTENT',
  'AUDIT_BLOCKED',
  'AUDIT_TAMPERED',
  'KEY_UNAVAILABLE',
  'KEY_REFUSED',
  'PROBE_TIMED_OUT',
  'PROBE_FAILED',
  'OPA_UNAVAILABLE',
  'GATE_FAILED',
  'EDIT_FAILED',
  'DELIVERY_INVALID',
  'LEASE_LOST',
  'JOB_TIMED_OUT',
  'LISTEN_FAILED',
  'SUPERSEDED',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface FailureOptions {
  readonly cause?: unknown;
  /** When a retry can first succeed, as announced by the other side. Calling earlier is refused or punished. */
  readonly retryAt?: Date;
  /** Why the other side said no, and who can do something about it. */
  readonly refusal?: Refusal;
}

/** Broken machinery. Flows turn it into `inconclusive`; the CLI into exit code 3 (64 for USAGE). */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly retryAt: Date | undefined;
  readonly refusal: Refusal | undefined;

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryAt = options.retryAt;
    this.refusal = options.refusal;
  }
}

/** Wraps anything thrown as a Failure; what already is one keeps its code. */
export function failureOf(thrown: unknown, code: FailureCode): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(code, messageOf(thrown), { cause: thrown });
}

/** Never blank: the log takes no entry without a reason. Of several errors, as of a host that refuses at each of its addresses, the first that says something. */
function messageOf(thrown: unknown): string {
  const said = thrown instanceof AggregateError ? [thrown, ...thrown.errors] : [thrown];
  const texts = said.map((one) => (one instanceof Error ? one.message : String(one)));
  return texts.find((text) => text.trim() !== '') ?? `${thrown instanceof Error ? thrown.name : 'Error'} without a message`;
}
