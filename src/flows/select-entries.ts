import type { BundleQuestion } from '../audit/bundle.ts';
import { BundleSelection } from '../audit/bundle-selection.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { MerkleTree } from '../audit/merkle-tree.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { ReadEntry } from '../audit/read-entry.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from './ports/audit-log.ts';
import { readEntries } from './read-audit-log.ts';

/** As people ask: the log tells which repository a name is of. */
export type AskedBundle =
  | Exclude<BundleQuestion, { readonly kind: 'pull-request' }>
  /** `repository`: `owner/name`; case does not count, as on GitHub. */
  | { readonly kind: 'pull-request'; readonly repository: string; readonly number: number };

export interface SelectedEntries {
  readonly asked: BundleQuestion;
  /** Ascending; none when nothing answers the question. */
  readonly sequences: readonly number[];
  /** Of the whole log. */
  readonly tree: MerkleTree;
}

/**
 * Reads a log from its first entry and selects what answers a question.
 * @throws Failure NOT_FOUND when the log knows no such repository, AUDIT_TAMPERED when an entry can not be read.
 */
export async function selectEntries(audit: AuditReader, account: number, asked: AskedBundle): Promise<SelectedEntries> {
  const tree = new MerkleTree();
  const selector = asked.kind === 'pull-request' ? new PullRequestSelector(asked.repository, asked.number) : new Selector(asked);
  for await (const batch of readEntries(audit, account, { from: 0, to: await audit.size(account) })) {
    for (const item of batch) {
      const reading = item.kind === 'entry' ? readEntry(item.leaf) : item;
      if (item.kind !== 'entry' || reading.kind !== 'entry' || item.sequence !== tree.size) throw new Failure('AUDIT_TAMPERED', `Cannot read entry ${tree.size} of account ${account}, expected one that this version of Plumbline writes. Verify the store with plumbline audit verify.`);
      tree.append(leafHash(item.leaf));
      selector.look(reading.entry);
    }
  }
  return { ...selector.selected(), tree };
}

type Selected = Pick<SelectedEntries, 'asked' | 'sequences'>;

class Selector {
  readonly #asked: BundleQuestion;
  readonly #selection: BundleSelection;
  readonly #sequences: number[] = [];
  #isAnswered = false;

  constructor(asked: BundleQuestion) {
    this.#asked = asked;
    this.#selection = new BundleSelection(asked);
  }

  look(entry: ReadEntry): void {
    const taken = this.#selection.takes(entry);
    if (taken !== null) this.#sequences.push(entry.sequence);
    if (taken === 'answer') this.#isAnswered = true;
  }

  selected(): Selected {
    return { asked: this.#asked, sequences: this.#isAnswered ? this.#sequences : [] };
  }
}

/** Which repository has the name shows only at the end: it is the one that had it last. Its entries under earlier names count. */
class PullRequestSelector {
  readonly #name: string;
  readonly #number: number;
  readonly #selectors = new Map<number, Selector>();
  /** Which key follows which is told of the log, not of a repository. */
  readonly #keys: number[] = [];
  #named: { readonly id: number; readonly name: string } | null = null;

  constructor(name: string, number: number) {
    this.#name = name;
    this.#number = number;
  }

  look(entry: ReadEntry): void {
    const { repository } = entry;
    if (entry.event === 'key.rotated') this.#keys.push(entry.sequence);
    if (repository === null) return;
    this.#selectorOf(repository.id).look(entry);
    if (repository.name.toLowerCase() === this.#name.toLowerCase()) this.#named = repository;
  }

  selected(): Selected {
    if (this.#named === null) throw new Failure('NOT_FOUND', `Cannot assemble a bundle: the log has no entry about a repository ${JSON.stringify(this.#name)}. Nothing was written.`);
    const { id, name } = this.#named;
    const { sequences } = this.#selectorOf(id).selected();
    return { asked: { kind: 'pull-request', number: this.#number, repository: { id, name } }, sequences: sequences.length === 0 ? [] : [...new Set([...sequences, ...this.#keys])].toSorted((a, b) => a - b) };
  }

  #selectorOf(id: number): Selector {
    const known = this.#selectors.get(id);
    if (known !== undefined) return known;
    const selector = new Selector({ kind: 'pull-request', number: this.#number, repository: { id, name: this.#name } });
    this.#selectors.set(id, selector);
    return selector;
  }
}
