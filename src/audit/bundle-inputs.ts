import type { Digest } from '../domain/digest.ts';
import { partsOfRoot, readInputRoot } from '../domain/judged-input/read-input-root.ts';
import type { Bundle } from './bundle.ts';
import type { BundleWrong } from './bundle-verification.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { ReadEntry } from './read-entry.ts';
import { inputOfLinks } from './snapshot-link.ts';

/** What the entries of a bundle judged, as far as it holds that. */
export interface BundleInputs {
  readonly wrong: BundleWrong | null;
  /** Inputs that are there with all of their parts. */
  readonly whole: number;
  /** Inputs that are there no more, or lack a part. */
  readonly erased: number;
}

/** Checks that what was judged holds what its digests say, and that nothing stands there that no entry leads to. Anything may have been erased. */
export function checkBundleInputs({ inputs }: Pick<Bundle, 'inputs'>, entries: readonly ReadEntry[]): BundleInputs {
  const held = inputs ?? [];
  const misplaced = held.findIndex(({ digest }, index) => index > 0 && digest <= (held[index - 1]?.digest ?? ''));
  if (misplaced !== -1) return wrongInputs(`${String(held[misplaced]?.digest)} stands at ${misplaced}, expected ascending order and each once`);
  const contents = new Map<Digest, Uint8Array>();
  for (const snapshot of held) {
    const opened = openSnapshot(snapshot);
    if (opened.kind === 'problem') return wrongInputs(opened.why);
    contents.set(snapshot.digest, opened.content);
  }
  return ledTo(contents, entries);
}

function ledTo(contents: ReadonlyMap<Digest, Uint8Array>, entries: readonly ReadEntry[]): BundleInputs {
  const left = new Set(contents.keys());
  const roots = new Set(entries.flatMap(({ links }) => digestOfInput(links)));
  let [whole, isLater] = [0, false];
  for (const digest of roots) {
    left.delete(digest);
    const content = contents.get(digest);
    const reading = content === undefined ? null : readInputRoot(content);
    // What a later release has written tells nobody here what belongs to it.
    if (reading?.kind === 'newer') isLater = true;
    const parts = reading?.kind === 'root' ? partsOfRoot(reading.root) : [];
    for (const part of parts) left.delete(part);
    if (reading?.kind === 'newer' || (reading?.kind === 'root' && parts.every((part) => contents.has(part)))) whole += 1;
  }
  const [unasked] = left;
  return unasked === undefined || isLater ? { wrong: null, whole, erased: roots.size - whole } : wrongInputs(`${unasked} stands there, to which no entry leads`);
}

function digestOfInput(links: readonly string[]): readonly Digest[] {
  const input = inputOfLinks(links);
  return input?.kind === 'kept' ? [input.digest] : [];
}

function wrongInputs(why: string): BundleInputs {
  return { wrong: { check: 'inputs', reason: 'snapshot', sequence: null, message: `Cannot verify what was judged: ${why}.` }, whole: 0, erased: 0 };
}
