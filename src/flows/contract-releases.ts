import { compared } from '../domain/behavior/compared.ts';
import type { BehaviorQuestion } from '../domain/behavior/behavior-question.ts';
import type { BehaviorSource } from '../domain/behavior/behavior-source.ts';
import type { SourceReading } from '../domain/behavior/source-reading.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { Evidence } from '../domain/evidence.ts';
import { limits } from '../domain/limits.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { releasedDifferences, standingRequests } from '../gates/contract/released-differences.ts';
import type { Governed } from '../gates/contract/plan-contracts.ts';
import { captureSnapshot } from './capture-snapshot.ts';
import type { Clock } from './ports/clock.ts';
import type { ObjectSource } from './ports/object-source.ts';
import type { Prober, ReleaseReader } from './ports/prober.ts';

/** What governs the default branch at its tip. */
export interface DefaultBranch {
  readonly branch: string;
  readonly state: ConfigurationState;
  /** Null: the branch is not governed. */
  readonly entry: BranchEntry | null;
}

export interface ContractReleasesPorts {
  readonly repository: RepositoryRef;
  readonly objects: ObjectSource;
  readonly releases: Pick<ReleaseReader, 'contractIds'>;
  /** Answers about blobs and releases. */
  readonly prober: Prober;
  readonly defaultBranchAt: (commit: Sha) => Promise<DefaultBranch>;
  readonly clock: Clock;
}

type Source = Extract<BehaviorSource, { readonly kind: 'contract-releases' }>;

/** The contracts of the default branch, at the commit that is asked about, against the record of releases. */
export function contractReleases(ports: ContractReleasesPorts): (source: Source, question: Pick<BehaviorQuestion, 'base'>) => Promise<SourceReading> {
  return async (source, { base }) => {
    const governed = await governedAt(ports, base);
    if ('why' in governed) return { kind: 'no-signal', why: governed.why };
    const ids = await ports.releases.contractIds(governed.entry.entry);
    const evidence = await evidenceFor(ports.prober, governed, ids);
    const comparison = releasedDifferences(governed, ids, source.contracts, evidence);
    return comparison.kind === 'unknown' ? { kind: 'no-signal', why: comparison.why } : compared(comparison.differences, ports.clock.now());
  };
}

/** The base alone: nothing changes it. */
async function governedAt({ repository, objects, defaultBranchAt, clock }: ContractReleasesPorts, base: Sha): Promise<Governed | { readonly why: string }> {
  const { branch, state, entry } = await defaultBranchAt(base);
  if (entry === null || state.effective === null) return { why: state.kind === 'unusable' ? 'the configuration of the default branch can not be used' : 'no configuration governs the default branch' };
  const change = { subject: { kind: 'range' }, author: '', title: '', draft: false, fork: false, baseBranch: branch } as const;
  const snapshot = await captureSnapshot({ engine: '', now: clock.now(), objects, repository, change, entry, configuration: state, base, head: base });
  const [unreadable] = snapshot.unreadable;
  return unreadable === undefined ? { snapshot, entry, configuration: state.effective } : { why: unreadable };
}

async function evidenceFor(prober: Prober, governed: Governed, ids: readonly string[]): Promise<Evidence> {
  let evidence = new Evidence();
  for (let round = 0; round < limits.probeRounds; round += 1) {
    const asked = evidence;
    const wanted = standingRequests(governed, ids, asked).filter((request) => !asked.has(request));
    if (wanted.length === 0) break;
    evidence = await prober.answer(wanted, asked);
  }
  return evidence;
}
