import type { LogItem, LogSource } from './log-source.ts';
import { readEntry } from './read-entry.ts';
import { openedPayload, releaseClaim } from './release-claim.ts';
import type { ReleaseClaim } from './release-claim.ts';

/** What a log says about the git history of one repository. */
export interface GitClaims {
  /** Whose log says so. */
  readonly account: number;
  readonly repositoryId: number;
  /** The newest name. */
  name: string;
  readonly releases: ReleaseClaim[];
  /** Entries about releases that do not say where in git: of an older version, or erased. */
  readonly silent: number[];
  /** Contract ids and versions that were retired, as `nameOfVersion` writes them. */
  readonly retired: Set<string>;
  /** Every commit that an entry names. */
  readonly commits: Set<string>;
}

export function nameOfVersion(contractId: string, version: string): string {
  return JSON.stringify([contractId, version]);
}

/** The same log, and what it says about git by repository id, complete once the log was read to its end. */
export function collectGitClaims(source: LogSource): { readonly source: LogSource; readonly claims: ReadonlyMap<number, GitClaims> } {
  const claims = new Map<number, GitClaims>();
  return { source: { ...source, batches: collecting(source, claims) }, claims };
}

async function* collecting({ header: { account }, batches }: LogSource, claims: Map<number, GitClaims>): AsyncGenerator<readonly LogItem[]> {
  for await (const batch of batches) {
    for (const item of batch) collect(item, account, claims);
    yield batch;
  }
}

/** Nothing of it is believed before the log is verified. */
function collect(item: LogItem, account: number, claims: Map<number, GitClaims>): void {
  // Nearly every other entry names no commit, and reading one costs more than looking.
  if (item.kind !== 'entry' || !item.leaf.includes('"commit:')) return;
  const reading = readEntry(item.leaf);
  if (reading.kind !== 'entry' || reading.entry.repository === null) return;
  const { event, links, outcome, repository } = reading.entry;
  const known = claims.get(repository.id) ?? { account, repositoryId: repository.id, name: '', releases: [], silent: [], retired: new Set(), commits: new Set() };
  claims.set(repository.id, known);
  known.name = repository.name;
  for (const link of links) if (link.startsWith('commit:')) known.commits.add(link.slice('commit:'.length));
  if (!event.startsWith('release.')) return;
  const claim = event === 'release.state_changed' ? undefined : releaseClaim(reading.entry, item.openings);
  if (claim === null) known.silent.push(item.sequence);
  else if (claim !== undefined) known.releases.push(claim);
  const payload = outcome === 'retired' ? openedPayload(reading.entry, item.openings) : null;
  if (payload !== null) known.retired.add(JSON.stringify([payload['contractId'] ?? null, payload['version'] ?? null]));
}
