import type { SearchPage } from '../../flows/ports/store-search.ts';
import type { Cursors } from './cursor.ts';
import type { Problem } from './problem.ts';

export interface Page {
  readonly kind: 'page';
  /** One more than is shown: so it is seen whether there is more. */
  readonly wanted: SearchPage;
  end<Item>(found: readonly Item[], placeOf: (item: Item) => number): { readonly shown: readonly Item[]; /** Null: this is the last. */ readonly next: string | null };
}

const usualLimit = 50;

/** Where a page begins and ends. A cursor that is not ours, or of another query, is refused: it would skip what it does not say. */
export function pageOf(cursors: Cursors, query: string, { cursor, limit }: { readonly cursor: string | null; readonly limit: number | null }): Page | { readonly kind: 'problem'; readonly problem: Problem } {
  const below = cursor === null ? null : cursors.read(query, cursor);
  if (cursor !== null && below === null) return { kind: 'problem', problem: { status: 400, code: 'cursor_invalid', detail: 'The cursor is not one that this query was answered with: begin again without one.' } };
  const most = limit ?? usualLimit;
  return {
    kind: 'page',
    wanted: { below, limit: most + 1 },
    end: (found, placeOf) => {
      const shown = found.slice(0, most);
      const last = shown.at(-1);
      return { shown, next: found.length > most && last !== undefined ? cursors.write(query, placeOf(last)) : null };
    },
  };
}
