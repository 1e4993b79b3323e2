import type { Release } from '../domain/release.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import type { FirstParentLine } from './first-parent-line.ts';

/**
 * Tells which releases are certain in a history read from git alone. Whether commits in a row landed together git does not
 * tell; a commit surely was the tip of the branch where another one was merged into it, where it is such a merge, and at the
 * end. What stood in the same file at one of these was released, and nothing else is certain to have been.
 */
export class CertainReleases {
  readonly #places: ReadonlyMap<Sha, number>;
  /** How many of the commits before a place surely were the tip. */
  readonly #tipsBefore: readonly number[];
  /** Since when each path has its blob. */
  readonly #standing = new Map<string, { readonly blob: Sha; readonly since: number }>();
  /** By blob and path, the places at which one ended that had begun at another. */
  readonly #ends = new Map<string, { readonly since: number; readonly end: number }[]>();

  constructor({ commits }: FirstParentLine) {
    this.#places = new Map(commits.map(({ sha }, place) => [sha, place]));
    const wasTip = commits.map(({ isMerge }, place) => isMerge || commits[place + 1]?.isMerge !== false);
    const tipsBefore = [0];
    for (const was of wasTip) tipsBefore.push((tipsBefore.at(-1) ?? 0) + (was ? 1 : 0));
    this.#tipsBefore = tipsBefore;
  }

  /** What stands at a commit; those where nothing changed may be left out. */
  observe(commit: Sha, files: ReadonlyMap<string, TreeEntry>): void {
    const place = this.#places.get(commit) ?? 0;
    for (const [path, { blob, since }] of this.#standing) {
      if (files.get(path)?.blob === blob) continue;
      const ends = this.#ends.get(nameOf({ path, blob }));
      if (ends === undefined) this.#ends.set(nameOf({ path, blob }), [{ since, end: place }]);
      else ends.push({ since, end: place });
      this.#standing.delete(path);
    }
    for (const { path, blob } of files.values()) if (!this.#standing.has(path)) this.#standing.set(path, { blob, since: place });
  }

  has(release: Release): boolean {
    const place = this.#places.get(release.commit) ?? 0;
    const end = this.#ends.get(nameOf(release))?.find((one) => one.since <= place && place < one.end)?.end ?? this.#places.size;
    return (this.#tipsBefore[end] ?? 0) > (this.#tipsBefore[place] ?? 0);
  }
}

function nameOf({ path, blob }: { readonly path: string; readonly blob: Sha }): string {
  return `${blob} ${path}`;
}
