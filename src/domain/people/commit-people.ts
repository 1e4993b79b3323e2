import type { Person } from '../effect.ts';
import type { Sha } from '../tree.ts';

/**
 * The accounts that GitHub knows behind the commits of a pull request, co-authors among them. A commit names whom it likes:
 * an account that is named may have done nothing, and who is not known is not named.
 */
export interface CommitPeople {
  /** The head that these commits lead to. */
  readonly head: Sha;
  /** `agents`: those that trailers of its message name; left out: none. */
  readonly commits: readonly { readonly sha: Sha; readonly people: readonly Person[]; readonly agents?: readonly string[] }[];
  /** False where not all commits or not all their authors could be read. */
  readonly complete: boolean;
}
