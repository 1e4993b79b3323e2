import { termsOf } from './indexed-text.ts';
import { searchTexts } from './search-texts.ts';
import type { FoundPassage, SearchedFile } from './search-texts.ts';

/** Share of the distinct words of a text that a passage has to have before it is worth a look. */
const leastShare = 0.5;

/**
 * Which lines somebody may have meant to cite, among files whose text is known; null: none is near. It is a hint for people and proves nothing: a fit
 * by words takes edited facts for the true ones.
 */
export function proposeCitation(wanted: string, files: readonly SearchedFile[]): FoundPassage | null {
  const terms = new Set(termsOf(wanted));
  const near = searchTexts(files, wanted, candidates).find(({ path, startLine }) => isNear(terms, files.find((one) => one.path === path)?.text.chunks.find((chunk) => chunk.startLine === startLine)?.counts));
  return near ?? null;
}

const candidates = 5;

function isNear(terms: ReadonlySet<string>, counts: ReadonlyMap<string, number> | undefined): boolean {
  return counts !== undefined && [...terms].filter((term) => counts.has(term)).length >= leastShare * terms.size;
}
