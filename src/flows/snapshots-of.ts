import type { ReadEntry } from '../audit/read-entry.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import { inputOfLinks, linkedSnapshots } from '../audit/snapshot-link.ts';
import type { Digest } from '../domain/digest.ts';
import type { ContentBudget } from './content-budget.ts';
import { partsOfInput } from './parts-of-input.ts';
import type { AuditReader } from './ports/audit-log.ts';

export interface SnapshotsOfEntries {
  readonly snapshots: readonly Snapshot[];
  /** What was judged, with its parts. */
  readonly inputs: readonly Snapshot[];
}

/** All that some entries refer to and that is kept, each once, ascending by digest. @throws Failure USAGE when it is too much for one bundle. */
export async function readSnapshotsOf(audit: Pick<AuditReader, 'snapshots'>, account: number, entries: readonly ReadEntry[], budget: ContentBudget): Promise<SnapshotsOfEntries> {
  const kept = (digests: Iterable<Digest>): Promise<readonly Snapshot[]> => readKept(audit, account, [...new Set(digests)].toSorted(), budget);
  const roots = await kept(entries.flatMap(({ links }) => digestOfInput(links)));
  const named = new Set(roots.map(({ digest }) => digest));
  const parts = await kept(roots.flatMap(partsOfInput).filter((digest) => !named.has(digest)));
  return { snapshots: await kept(entries.flatMap(({ links }) => linkedSnapshots(links))), inputs: [...roots, ...parts].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)) };
}

async function readKept(audit: Pick<AuditReader, 'snapshots'>, account: number, digests: readonly Digest[], budget: ContentBudget): Promise<readonly Snapshot[]> {
  budget.refuseEntries(digests.length);
  const found: Snapshot[] = [];
  for (let from = 0; from < digests.length; from += mostSnapshots) {
    const page = await audit.snapshots(account, digests.slice(from, from + mostSnapshots));
    budget.spend(page.reduce((sum, { gzip }) => sum + gzip.length, 0));
    found.push(...page);
  }
  return found.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
}

function digestOfInput(links: readonly string[]): readonly Digest[] {
  const input = inputOfLinks(links);
  return input?.kind === 'kept' ? [input.digest] : [];
}

const mostSnapshots = 20;
