import type { BundleQuestion } from '../audit/bundle.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { ReadEntry } from '../audit/read-entry.ts';
import { mostEntries } from '../audit/read-bundle.ts';
import { keysTopic, topicsAsked, topicsLedTo } from '../audit/topic.ts';
import { Failure } from '../domain/failure.ts';
import type { ContentBudget } from './content-budget.ts';
import type { AuditIndex } from './ports/audit-index.ts';
import type { StoredEntry } from './ports/audit-log.ts';

/** As people ask: the log tells which repository a name is of. */
export type AskedBundle =
  | Exclude<BundleQuestion, { readonly kind: 'pull-request' }>
  /** `repository`: `owner/name`; case does not count, as on GitHub. */
  | { readonly kind: 'pull-request'; readonly repository: string; readonly number: number };

export interface SelectedEntry {
  readonly entry: ReadEntry;
  readonly stored: StoredEntry;
}

export interface SelectedEntries {
  readonly asked: BundleQuestion;
  /** Ascending; none when nothing answers the question. */
  readonly entries: readonly SelectedEntry[];
}

export interface Selecting {
  readonly index: AuditIndex;
  readonly account: number;
  readonly budget: ContentBudget;
  /** Told how many entries were read. */
  readonly onProgress?: (entries: number) => Promise<void> | void;
}

/**
 * Reads what answers a question, and nothing else: found by the index, and by what each entry leads to.
 * @throws Failure NOT_FOUND when the log knows no such repository, USAGE when it is too much for one bundle, AUDIT_TAMPERED when an entry can not be read.
 */
export async function selectEntries(selecting: Selecting, wanted: AskedBundle): Promise<SelectedEntries> {
  const asked = await questionOf(selecting, wanted);
  const found = new Map<number, SelectedEntry>();
  const first = topicsAsked(asked);
  if (first === null) await take(selecting, found, await sequencesOfPeriod(selecting, asked));
  else await follow(selecting, found, { asked, first });
  return { asked, entries: inOrder(found) };
}

/** The same with what the log says about its keys by now. */
export async function withKeys(selecting: Selecting, entries: readonly SelectedEntry[]): Promise<readonly SelectedEntry[]> {
  const found = new Map(entries.map((one) => [one.stored.sequence, one]));
  await take(selecting, found, await about(selecting, [keysTopic]));
  return inOrder(found);
}

function inOrder(found: ReadonlyMap<number, SelectedEntry>): readonly SelectedEntry[] {
  return [...found.values()].toSorted((a, b) => a.stored.sequence - b.stored.sequence);
}

async function questionOf({ index, account }: Selecting, wanted: AskedBundle): Promise<BundleQuestion> {
  if (wanted.kind !== 'pull-request') return wanted;
  const repository = await index.repositoryNamed(account, wanted.repository);
  if (repository?.name.toLowerCase() !== wanted.repository.toLowerCase()) throw new Failure('NOT_FOUND', `Cannot assemble a bundle: the log has no entry about a repository ${JSON.stringify(wanted.repository)}. Nothing was written.`);
  return { kind: 'pull-request', number: wanted.number, repository };
}

async function sequencesOfPeriod({ index, account, budget }: Selecting, asked: BundleQuestion): Promise<readonly number[]> {
  if (asked.kind !== 'period') return [];
  const [from, to] = [await index.since(account, new Date(asked.from)), await index.since(account, new Date(asked.to))];
  budget.refuseEntries(to - from);
  return Array.from({ length: Math.max(to - from, 0) }, (_none, place) => from + place);
}

async function follow(selecting: Selecting, found: Map<number, SelectedEntry>, { asked, first }: { readonly asked: BundleQuestion; readonly first: readonly string[] }): Promise<void> {
  const known = new Set(first);
  for (let topics = first; topics.length > 0; ) {
    const taken = await take(selecting, found, await about(selecting, topics));
    topics = [...new Set(taken.flatMap(({ entry }) => topicsLedTo(entry, asked)))].filter((topic) => !known.has(topic));
    for (const topic of topics) known.add(topic);
  }
}

/** One more than may be tells that there are too many. */
async function about({ index, account }: Selecting, topics: readonly string[]): Promise<readonly number[]> {
  return await index.about(account, topics, mostEntries + 1);
}

/** Those that were not taken before. */
async function take({ index, account, budget, onProgress }: Selecting, found: Map<number, SelectedEntry>, sequences: readonly number[]): Promise<readonly SelectedEntry[]> {
  const wanted = sequences.filter((sequence) => !found.has(sequence));
  budget.refuseEntries(found.size + wanted.length);
  const taken: SelectedEntry[] = [];
  for (let from = 0; from < wanted.length; from += pageSize) {
    const page = wanted.slice(from, from + pageSize);
    const stored = await index.entriesAt(account, page);
    for (const [place, sequence] of page.entries()) taken.push(readStored(account, sequence, stored[place]));
    budget.spend(stored.reduce((sum, { leaf, openings }) => sum + proofBytes + leaf.length + openings.reduce((bytes, one) => bytes + one.bytes.length, 0), 0));
    await onProgress?.(found.size + taken.length);
  }
  for (const one of taken) found.set(one.stored.sequence, one);
  return taken;
}

function readStored(account: number, sequence: number, stored: StoredEntry | undefined): SelectedEntry {
  const reading = stored?.sequence === sequence ? readEntry(new TextDecoder().decode(stored.leaf)) : null;
  if (stored !== undefined && reading?.kind === 'entry') return { entry: reading.entry, stored };
  throw new Failure('AUDIT_TAMPERED', `Cannot read entry ${sequence} of account ${account}, expected one that this version of Plumbline writes. Verify the store with plumbline audit verify.`);
}

const pageSize = 200;
/** About what the digests, nonces and the proof of an entry take. */
const proofBytes = 1_200;
