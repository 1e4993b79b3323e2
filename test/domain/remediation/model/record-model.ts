import type { Digest } from '../../../../src/domain/digest.ts';
import type { Intent, PendingCommit, RecordedHead } from '../../../../src/domain/remediation/remediation-state.ts';
import type { Sha } from '../../../../src/domain/tree.ts';

/** Our own store, as far as remediation keeps things: every method is one transaction. One worker at a time holds the lease on a fingerprint. */
export class RecordModel {
  readonly heads = new Map<number, RecordedHead>();
  readonly whyClosed = new Map<number, 'clean' | 'superseded' | 'duplicate'>();
  readonly told = new Map<number, Sha>();
  readonly takeOvers = new Map<number, Sha>();
  readonly suppressed = new Map<Digest, number[]>();
  readonly unsuppressed = new Map<Digest, number>();
  readonly mergesTold = new Set<number>();
  readonly verified = new Set<number>();
  readonly #intents = new Map<Digest, Intent[]>();
  readonly #pending = new Map<Digest, PendingCommit[]>();
  readonly #leases = new Map<Digest, number>();
  #given = 0;

  /** Null while another holds it. */
  lease(fingerprint: Digest): number | null {
    if (this.#leases.has(fingerprint)) return null;
    this.#given += 1;
    this.#leases.set(fingerprint, this.#given);
    return this.#given;
  }

  holds(fingerprint: Digest, token: number): boolean {
    return this.heldLease(fingerprint) === token;
  }

  heldLease(fingerprint: Digest): number | null {
    return this.#leases.get(fingerprint) ?? null;
  }

  expire(fingerprint: Digest): void {
    this.#leases.delete(fingerprint);
  }

  intents(fingerprint: Digest): readonly Intent[] {
    return this.#intents.get(fingerprint) ?? [];
  }

  pending(fingerprint: Digest): readonly PendingCommit[] {
    return this.#pending.get(fingerprint) ?? [];
  }

  /** The one that is there stays. */
  intend(fingerprint: Digest, intent: Intent & { readonly head: Sha }): Intent & { readonly head: Sha } {
    const known = this.intents(fingerprint).find(({ generation }) => generation === intent.generation);
    if (known !== undefined) return { ...known, head: known.head ?? intent.head };
    this.#intents.set(fingerprint, [...this.intents(fingerprint), intent]);
    return intent;
  }

  writeAhead(fingerprint: Digest, commit: PendingCommit): void {
    this.#pending.set(fingerprint, [...this.pending(fingerprint), commit]);
  }
}
