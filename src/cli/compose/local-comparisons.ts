import type { RepositoryRef } from '../../domain/repository.ts';
import { contractReleases } from '../../flows/contract-releases.ts';
import type { DefaultBranch } from '../../flows/contract-releases.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { Prober, ReleaseReader } from '../../flows/ports/prober.ts';
import { leftToApp, localAdapters } from '../../probes/behavior-sources/adapters/comparing-sources.ts';
import type { SourceAdapters } from '../../probes/behavior-sources/behavior-reader.ts';

export interface LocalComparisons {
  readonly repository: RepositoryRef;
  readonly objects: ObjectSource;
  /** What governs the branch whose behaviours are measured. */
  readonly branch: DefaultBranch;
  /** Of that branch. */
  readonly releases: ReleaseReader;
  /** Answers about blobs and releases. */
  readonly prober: Prober;
  readonly clock: Clock;
}

const why = 'the command line does not ask GitHub: the App does';

/** Sources that compare by themselves, as far as this disk tells: the files and the releases of the repository. */
export function localComparisons({ repository, objects, branch, releases, prober, clock }: LocalComparisons): SourceAdapters {
  const compared = contractReleases({ repository, objects, releases, prober, clock, defaultBranchAt: async () => await Promise.resolve(branch) });
  return { ...leftToApp(why), ...localAdapters({ objects, clock, contractReleases: compared, organization: async () => await Promise.resolve({ kind: 'none', why }) }) };
}
