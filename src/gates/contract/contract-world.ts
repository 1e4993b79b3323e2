import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { layoutOf } from '../../domain/contract/layout-of.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { keyOfRelease } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ReleaseElsewhere, ReleasesOfId, UnknownBranch } from '../../domain/releases-of-id.ts';
import { contractFiles } from './contract-file.ts';
import { involvedIds } from './involved-ids.ts';
import { isRecordComplete } from './is-record-complete.ts';
import { judgedContract } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import { likelyRecord } from './likely-record.ts';
import type { Uncertain } from './likely-record.ts';
import type { Governed } from './plan-contracts.ts';
import type { SideReading } from './side-reading.ts';

/** All that the checks look at: the change, the base and R by contract id, and the release record. */
export interface ContractWorld extends Governed {
  readonly evidence: Evidence;
  readonly files: readonly JudgedContract[];
  readonly changed: readonly JudgedContract[];
  /** Ids that take part in the change. */
  readonly ids: readonly string[];
  /** The contract file at a path. */
  at(path: string): JudgedContract | null;
  /** Whether every contract file of B, or of R, could be read: only then what is not seen there is not there. What could not be is told. */
  isRead(side: 'atBase' | 'inResult'): boolean;
  /** Contracts of B and of R with an id, in the order of their paths. */
  atBase(contractId: string): readonly Contract[];
  inResult(contractId: string): readonly Contract[];
  /** Releases of an id, lowest version first; null when the record is not whole: nothing may be concluded from it. */
  releases(contractId: string): readonly Release[] | null;
  /** Versions of an id on which the judgement rests although git alone does not tell whether they were released, or with which content. */
  uncertain(contractId: string): readonly Uncertain[];
  /** The release with this id and version, when the record is known to have it. */
  released(contractId: string, key: string): Release | null;
  /** What other branch entries released under this id and version: it has one content in all of them. */
  releasedElsewhere(contractId: string, key: string): readonly ReleaseElsewhere[];
  /** What other branches may have released under this id and version: git alone does not tell. */
  possibleElsewhere(contractId: string, key: string): readonly ReleaseElsewhere[];
  /** The versions of an id that other branch entries released, or may have. */
  versionsElsewhere(contractId: string): readonly string[];
  /** Other governed branches of which it is not known what they released under this id. */
  unknownElsewhere(contractId: string): readonly UnknownBranch[];
  /** Releases recorded at a path, whatever their id; null as for `releases`. */
  releasedAt(path: string): readonly Release[] | null;
}

/** The last round of questions and the judgement look at one evidence: it is put together once. */
export function contractWorld(governed: Governed, evidence: Evidence): ContractWorld {
  const known = remembered.get(evidence);
  if (known?.snapshot === governed.snapshot) return known;
  const files = judgedFiles(governed, evidence);
  const world = buildWorld(governed, evidence, files, involvedIds(files.filter((file) => file.changed), governed.entry.entry, evidence));
  remembered.set(evidence, world);
  return world;
}

/** The same for what stands, whether or not something changes it. */
export function standingWorld(governed: Governed, evidence: Evidence, contractIds: readonly string[]): ContractWorld {
  return buildWorld(governed, evidence, judgedFiles(governed, evidence), contractIds);
}

const remembered = new WeakMap<Evidence, ContractWorld>();

function judgedFiles({ snapshot, configuration }: Governed, evidence: Evidence): readonly JudgedContract[] {
  return contractFiles(snapshot, configuration).map((file) => judgedContract(file, evidence));
}

function buildWorld(governed: Governed, evidence: Evidence, files: readonly JudgedContract[], ids: readonly string[]): ContractWorld {
  const entry = governed.entry.entry;
  const changed = files.filter((file) => file.changed);
  const base = byId(files.map((file) => file.atBase));
  const result = byId(files.map((file) => file.inResult));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const chosen = new Map([...recordOf(entry, ids, evidence)].map(([contractId, releases]) => [contractId, likelyRecord(releases, { atBase: base.get(contractId) ?? [], inResult: result.get(contractId) ?? [], layoutOf: (path) => layoutOf(contractSetsOf(governed.configuration, path)) })]));
  const record = new Map([...chosen].map(([contractId, { releases }]) => [contractId, releases]));
  const versions = new Map([...record].map(([contractId, releases]) => [contractId, byKey(releases)]));
  const others = elsewhereOf(entry, ids, evidence);
  const unread = { atBase: files.some((file) => file.atBase.kind === 'unavailable'), inResult: files.some((file) => file.inResult.kind === 'unavailable') };
  return {
    ...governed,
    evidence,
    files,
    changed,
    ids,
    at: (path) => byPath.get(path) ?? null,
    isRead: (side) => !unread[side],
    atBase: (contractId) => base.get(contractId) ?? [],
    inResult: (contractId) => result.get(contractId) ?? [],
    releases: (contractId) => record.get(contractId) ?? null,
    uncertain: (contractId) => chosen.get(contractId)?.uncertain ?? [],
    released: (contractId, key) => versions.get(contractId)?.get(key) ?? null,
    releasedElsewhere: (contractId, key) => others.get(contractId)?.byKey.get(key) ?? [],
    possibleElsewhere: (contractId, key) => others.get(contractId)?.possible.get(key) ?? [],
    versionsElsewhere: (contractId) => [others.get(contractId)?.byKey, others.get(contractId)?.possible].flatMap((releases) => [...(releases?.keys() ?? [])]),
    unknownElsewhere: (contractId) => others.get(contractId)?.unknown ?? [],
    releasedAt(path) {
      const answer = evidence.find({ kind: 'paths', entry, path });
      return answer?.kind === 'answered' && isRecordComplete(entry, evidence) ? answer.value : null;
    },
  };
}

function byId(readings: readonly SideReading[]): ReadonlyMap<string, readonly Contract[]> {
  const contracts = readings.flatMap((reading) => (reading.kind === 'contract' ? [reading.contract] : []));
  return Map.groupBy(contracts, (contract) => contract.contractId);
}

/** Of two with one version, which the record never has, the first stands. */
function byKey(releases: readonly Release[]): ReadonlyMap<string, Release> {
  return new Map(releases.toReversed().map((release) => [keyOfRelease(release), release]));
}

function recordOf(entry: string, ids: readonly string[], evidence: Evidence): ReadonlyMap<string, ReleasesOfId> {
  return new Map(isRecordComplete(entry, evidence) ? answersOf(entry, ids, evidence) : []);
}

interface Elsewhere {
  readonly byKey: ReadonlyMap<string, readonly ReleaseElsewhere[]>;
  readonly possible: ReadonlyMap<string, readonly ReleaseElsewhere[]>;
  readonly unknown: readonly UnknownBranch[];
}

function elsewhereOf(entry: string, ids: readonly string[], evidence: Evidence): ReadonlyMap<string, Elsewhere> {
  return new Map(answersOf(entry, ids, evidence).map(([contractId, { elsewhere, possible, unknown }]) => [contractId, { byKey: Map.groupBy(elsewhere, keyOfRelease), possible: Map.groupBy(possible, keyOfRelease), unknown }]));
}

function answersOf(entry: string, ids: readonly string[], evidence: Evidence): readonly (readonly [contractId: string, ReleasesOfId])[] {
  return ids.flatMap((contractId) => {
    const answer = evidence.find({ kind: 'releases', entry, contractId });
    return answer?.kind === 'answered' ? [[contractId, answer.value] as const] : [];
  });
}
