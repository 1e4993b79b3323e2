import type { Digest } from '../domain/digest.ts';
import { partsOfRoot, readInputRoot } from '../domain/judged-input/read-input-root.ts';
import { inputOfLinks } from './snapshot-link.ts';

/** A checked snapshot with what it holds. */
export interface HeldSnapshot {
  readonly digest: Digest;
  readonly content: Uint8Array;
}

/** The snapshots before an entry. */
export interface SnapshotsBefore {
  /** Whether this one stands before it or an earlier one. */
  has(digest: Digest): boolean;
  /** All that stand right before it. */
  readonly next: readonly Digest[];
  readonly last: HeldSnapshot | null;
}

/** Finds what entries refer to as what was judged. Its parts stand before what names them. Anything of it may have been erased. */
export class InputCheck {
  readonly #whole = new Set<Digest>();
  readonly #erased = new Set<Digest>();

  /** Inputs that are there with all of their parts. */
  get whole(): number {
    return this.#whole.size;
  }

  /** Inputs that are there no more, or lack a part. */
  get erased(): number {
    return this.#erased.size;
  }

  /** Those of the snapshots that an entry with these links refers to. */
  accept(links: readonly string[], before: SnapshotsBefore): readonly Digest[] {
    const input = inputOfLinks(links);
    if (input?.kind !== 'kept') return [];
    const { digest } = input;
    if (this.#whole.has(digest) || this.#erased.has(digest)) return [];
    const { last } = before;
    const reading = last?.digest === digest ? readInputRoot(last.content) : null;
    // What a later release has written tells nobody here what belongs to it.
    if (reading?.kind === 'newer') return this.#note(this.#whole, digest, before.next);
    if (reading?.kind !== 'root') return this.#note(this.#erased, digest, before.has(digest) ? [digest] : []);
    const parts = partsOfRoot(reading.root);
    const there = parts.filter((part) => before.has(part));
    return this.#note(there.length === parts.length ? this.#whole : this.#erased, digest, [...there, digest]);
  }

  #note(among: Set<Digest>, digest: Digest, found: readonly Digest[]): readonly Digest[] {
    among.add(digest);
    return found;
  }
}
