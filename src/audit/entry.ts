import { Failure } from '../domain/failure.ts';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { canonicalBytes } from '../domain/canonical.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { longestLeaf } from './entry-bundle.ts';
import { quote } from './quote.ts';

/** What an entry is about. Names are stable: auditors filter by them. */
export const auditEvents = [
  'decision.made',
  'effect.performed',
  'effect.failed',
  'change.merged',
  'release.recorded',
  'release.adopted',
  'release.state_changed',
  'config.seen',
  'config.detached',
  'job.buried',
  'failure.recorded',
  'checkpoint.sealed',
  'key.rotated',
  'command.run',
  'approval.given',
  'approval.counted',
  'approval.rejected',
  'approval.withdrawn',
  'action.allowed',
  'action.blocked',
  'request.granted',
  'waiver.granted',
  'waiver.expired',
  'whitelist.expired',
  'whitelist.unused',
  'usage.reserved',
  'usage.refused',
  'usage.settled',
  'usage.expired',
  'usage.charged',
  'usage.near',
  'usage.exceeded',
  'usage.breached',
  'drift.detected',
  'drift.changed',
  'drift.cleared',
  'drift.forgotten',
  'scan.concluded',
  'digest.intent',
  'digest.updated',
  'digest.refused',
  'remediation.intent',
  'remediation.created',
  'remediation.adopted',
  'remediation.updated',
  'remediation.skipped',
  'remediation.frozen',
  'remediation.superseded',
  'remediation.closed',
  'remediation.merged',
  'remediation.ineffective',
  'remediation.slow',
  'remediation.suppressed',
  'remediation.unsuppressed',
  'remediation.error',
  'retention.applied',
  'retention.erased',
  'retention.held',
  'retention.released',
] as const;

export type AuditEvent = (typeof auditEvents)[number];

/** What a flow asks to append. Sequence, id, time and nonces are given by the log. */
export interface AuditDraft {
  readonly account: number;
  /** Repository id and full name; null for an entry about the account or the log itself. */
  readonly repository: { readonly id: number; readonly name: string } | null;
  /** `pull-request:<n>`, `merge-group:<ref>`, `contract:<id>`, `job:<key>`, … */
  readonly subject: string;
  readonly event: AuditEvent;
  /** `user:<login>`, `app:<slug>`, `system`. Kept as a salted digest in the entry. */
  readonly actor: string;
  readonly rationale: string;
  readonly outcome: string;
  readonly before?: Digest;
  readonly after?: Digest;
  readonly policyDigest?: Digest;
  readonly inputDigest?: Digest;
  /** The decision record, or other detail. Kept as a salted digest in the entry. */
  readonly payload?: JsonValue;
  readonly links?: readonly string[];
}

/** A salted commitment: SHA-256(32-byte nonce ‖ bytes). Erasing nonce and bytes erases the content for good. */
export interface Commitment {
  readonly digest: Digest;
}

/** One entry as it stands in the tree; its leaf is the RFC 8785 form. */
export interface AuditEntry {
  readonly version: 1;
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly account: number;
  readonly repository: { readonly id: number; readonly name: string } | null;
  readonly subject: string;
  readonly event: AuditEvent;
  readonly actor: Commitment;
  readonly rationale: Commitment;
  readonly outcome: string;
  readonly before: Digest | null;
  readonly after: Digest | null;
  readonly policyDigest: Digest | null;
  readonly inputDigest: Digest | null;
  readonly payload: Commitment | null;
  readonly links: readonly string[];
}

/** What opens a commitment. Kept beside the log, erasable. */
export interface Opening {
  readonly digest: Digest;
  /** 32 random bytes. */
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface SealedEntry {
  readonly entry: AuditEntry;
  /** The leaf: RFC 8785 bytes of `entry`. */
  readonly leaf: Uint8Array;
  readonly openings: readonly Opening[];
}

export interface Sealing {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  /** Gives 32 fresh random bytes per call. */
  readonly nonce: () => Uint8Array;
}

/**
 * Turns a draft into the entry that stands in the log, with the openings that explain it.
 * @throws Failure STORE_INCONSISTENT on one that is too long for tools that read the log as tiles.
 */
export function sealEntry(draft: AuditDraft, sealing: Sealing): SealedEntry {
  const actor = commit(draft.actor, sealing.nonce());
  const rationale = commit(draft.rationale, sealing.nonce());
  const payload = draft.payload === undefined ? null : commitBytes(canonicalBytes(draft.payload), sealing.nonce());
  const entry: AuditEntry = {
    version: 1,
    sequence: sealing.sequence,
    id: sealing.id,
    time: sealing.time,
    account: draft.account,
    repository: draft.repository === null ? null : { id: draft.repository.id, name: draft.repository.name },
    subject: draft.subject,
    event: draft.event,
    actor: { digest: actor.digest },
    rationale: { digest: rationale.digest },
    outcome: draft.outcome,
    before: draft.before ?? null,
    after: draft.after ?? null,
    policyDigest: draft.policyDigest ?? null,
    inputDigest: draft.inputDigest ?? null,
    payload: payload === null ? null : { digest: payload.digest },
    links: draft.links ?? [],
  };
  const openings = payload === null ? [actor, rationale] : [actor, rationale, payload];
  const leaf = leafOf(entry);
  if (leaf.length > longestLeaf) throw new Failure('STORE_INCONSISTENT', `Cannot append to the audit log of account ${draft.account}: the entry about ${quote(draft.subject)} has ${leaf.length} bytes, expected at most ${longestLeaf}. Nothing was changed.`);
  return { entry, leaf, openings };
}

export function leafOf(entry: AuditEntry): Uint8Array {
  return canonicalBytes({ ...entry, actor: { ...entry.actor }, rationale: { ...entry.rationale }, payload: entry.payload === null ? null : { ...entry.payload } });
}

/** Whether an opening is the one that the commitment was made of. */
export function opens(commitment: Commitment, opening: Opening): boolean {
  return digestOfBytes(Buffer.concat([opening.nonce, opening.bytes])) === commitment.digest;
}

function commit(text: string, nonce: Uint8Array): Opening {
  return commitBytes(new TextEncoder().encode(text), nonce);
}

function commitBytes(bytes: Uint8Array, nonce: Uint8Array): Opening {
  return { digest: digestOfBytes(Buffer.concat([nonce, bytes])), nonce, bytes };
}
