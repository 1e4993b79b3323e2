import type { Digest } from '../domain/digest.ts';
import type { EntryFacts } from './entry-facts.ts';
import { InputCheck } from './input-check.ts';
import type { HeldSnapshot } from './input-check.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { linkedSnapshots } from './snapshot-link.ts';
import type { Wrong } from './verification.ts';

/**
 * Checks that every snapshot an entry refers to is there and holds what its digest says, and that no other is there.
 * A snapshot comes right before the first entry that refers to it. Of what was judged anything may have been erased.
 */
export class SnapshotCheck {
  readonly inputs = new InputCheck();
  /** Checked, and referred to by an entry before. */
  readonly #known = new Set<Digest>();
  /** Checked, for the next entry. */
  readonly #next = new Set<Digest>();
  /** The one that stands right before it. */
  #last: HeldSnapshot | null = null;
  #count = 0;
  #releasesWithout = 0;

  /** How many were checked, inputs left out. */
  get count(): number {
    return this.#count;
  }

  /** Entries about releases of which no snapshot was kept. */
  get releasesWithout(): number {
    return this.#releasesWithout;
  }

  /** Takes a snapshot that stands before the entry of this sequence. */
  take(snapshot: Snapshot, sequence: number): Wrong | null {
    const { digest } = snapshot;
    if (this.#known.has(digest) || this.#next.has(digest)) return wrongAt(sequence, `the snapshot ${digest} stands there twice`);
    const opened = openSnapshot(snapshot);
    if (opened.kind === 'problem') return wrongAt(sequence, opened.why);
    this.#next.add(digest);
    this.#last = { digest, content: opened.content };
    return null;
  }

  /** Takes the entry that follows; null when it is of a later form, which does not tell what it refers to. */
  accept(entry: EntryFacts | null, sequence: number): Wrong | null {
    const linked = entry === null ? [...this.#next] : linkedSnapshots(entry.links);
    const missing = linked.find((digest) => !this.#isThere(digest));
    if (missing !== undefined) return wrongAt(sequence, `its snapshot ${missing} is missing`);
    const judged = entry === null ? [] : this.inputs.accept(entry.links, { has: (digest) => this.#isThere(digest), next: [...this.#next], last: this.#last });
    this.#count += linked.filter((digest) => !this.#known.has(digest)).length;
    for (const digest of [...linked, ...judged]) {
      this.#known.add(digest);
      this.#next.delete(digest);
    }
    this.#last = null;
    const [unasked] = this.#next;
    if (unasked !== undefined) return wrongAt(sequence, `the snapshot ${unasked} stands before it, to which it does not refer`);
    return entry === null ? null : this.#release(entry, linked);
  }

  #isThere(digest: Digest): boolean {
    return this.#known.has(digest) || this.#next.has(digest);
  }

  #release({ event, after, sequence }: EntryFacts, linked: readonly Digest[]): Wrong | null {
    if (event !== 'release.recorded' && event !== 'release.adopted') return null;
    if (linked.length === 0) this.#releasesWithout += 1;
    return linked.every((digest) => digest === after) ? null : wrongAt(sequence, 'its snapshot is not of the content that it releases');
  }
}

function wrongAt(sequence: number, why: string): Wrong {
  return { reason: 'snapshot', sequence, through: sequence, message: `Cannot verify entry ${sequence}: ${why}.` };
}
