import { CompactRange } from './compact-range.ts';
import { EntryCheck } from './entry-check.ts';
import type { EntryFacts } from './entry-facts.ts';
import { loggedStatement } from './logged-statement.ts';
import type { LoggedStatement } from './logged-statement.ts';
import type { EntryItem, UnreadableItem } from './log-source.ts';
import type { Misfits } from './misfits.ts';
import type { Wrong } from './verification.ts';

/** A log read so far: its entries were checked, its root is known. */
export class LogReplay {
  readonly #range: CompactRange;
  readonly #check: EntryCheck;
  #statements: readonly LoggedStatement[];

  constructor(account: number, start?: LogReplay) {
    this.#range = new CompactRange(start === undefined ? undefined : start.#range);
    this.#check = new EntryCheck(account, start === undefined ? undefined : start.#check);
    this.#statements = start === undefined ? [] : start.#statements;
  }

  /** What the log says about keys, in its order. */
  get statements(): readonly LoggedStatement[] {
    return this.#statements;
  }

  get size(): number {
    return this.#range.size;
  }

  /** Entries of which something was erased. */
  get erased(): number {
    return this.#check.erased;
  }

  /** Entries in a form of a later release. */
  get newer(): number {
    return this.#check.newer;
  }

  /** Entries that do not have the form of their event. */
  get misfits(): Misfits {
    return this.#check.misfits;
  }

  root(): Uint8Array {
    return this.#range.root();
  }

  /** Takes the next entry; one that is wrong is named and not taken. */
  accept(item: EntryItem | UnreadableItem): { readonly kind: 'accepted'; readonly entry: EntryFacts | null } | { readonly kind: 'wrong'; readonly wrong: Wrong } {
    const checked = this.#check.accept(item, this.#range.size);
    if (checked.kind === 'wrong') return checked;
    const statement = checked.entry?.event === 'key.rotated' && item.kind === 'entry' ? loggedStatement(item) : null;
    if (statement !== null) this.#statements = [...this.#statements, statement];
    this.#range.append(checked.hash);
    return { kind: 'accepted', entry: checked.entry };
  }
}
