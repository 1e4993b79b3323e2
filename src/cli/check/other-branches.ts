import type { BranchEntry } from '../../domain/configuration/configuration.ts';
import { entryOf } from '../../domain/configuration/entry-of.ts';
import { Failure } from '../../domain/failure.ts';
import type { Release } from '../../domain/release.ts';
import type { ReleasesOfIds, UnknownBranch } from '../../domain/releases-of-id.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import { buildRecord } from '../../flows/build-record.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { ReleaseReader } from '../../flows/ports/prober.ts';
import type { ConfigurationFile } from '../config/configuration-file.ts';
import type { LocalBranch, RangeSource } from './find-base.ts';
import type { Range } from './capture-range.ts';
import { localConfiguration } from './local-configuration.ts';
import type { LocalConfiguration } from './local-configuration.ts';

export interface OtherBranches {
  /** With what other governed branches released beside it: read when it is first asked for. */
  readonly record: ReleaseReader;
  /** What was not read of them, and why; nothing until then. */
  skipped(): readonly SkippedRule[];
}

interface Place {
  readonly objects: ObjectSource & RangeSource;
  readonly range: Range;
  readonly configuration: LocalConfiguration;
  readonly organization: ConfigurationFile | null;
}

/** Each costs a walk through its history. */
const mostBranches = 20;

/** The record of the base's entry, and whatever this repository knows of the other governed branches: the App knows them all. */
export function withOtherBranches(own: ReleaseReader, place: Place): OtherBranches {
  const skipped: SkippedRule[] = [];
  let reading: Promise<readonly OtherRecord[]> | null = null;
  const elsewhere = (ids: readonly string[]) => (reading ??= readOthers(place, skipped)).then((others) => othersOf(ids, others));
  const record: ReleaseReader = { ...own, releases: async (entry, contractIds) => ({ ...(await own.releases(entry, contractIds)), ...(await elsewhere(contractIds)) }) };
  return { record, skipped: () => skipped };
}

interface OtherRecord {
  readonly certain: readonly Release[];
  /** Contents of which git alone does not tell whether they were released. */
  readonly possible: readonly Release[];
  readonly unknown: readonly UnknownBranch[];
}

function othersOf(ids: readonly string[], others: readonly OtherRecord[]): Pick<ReleasesOfIds, 'elsewhere' | 'possible' | 'unknown'> {
  const asked = new Set(ids);
  const isAsked = ({ contractId }: Release): boolean => asked.has(contractId);
  return {
    elsewhere: others.flatMap(({ certain }) => certain.filter(isAsked)),
    possible: others.flatMap(({ possible }) => possible.filter(isAsked)),
    unknown: others.flatMap(({ unknown }) => unknown),
  };
}

const nothingReleased: OtherRecord = { certain: [], possible: [], unknown: [] };

async function readOthers(place: Place, skipped: SkippedRule[]): Promise<readonly OtherRecord[]> {
  const { branches, entry } = place.configuration;
  const base = place.range.base.branch;
  if (branches.flatMap((one) => one.names).every((name) => name === base)) return [];
  const governed = (await place.objects.branches()).flatMap((branch) => governedBy(branches, branch)).filter(({ branch }) => branch.name !== base);
  skipped.push(...unseen(branches, entry, governed.map((one) => one.entry)));
  // One that is at the head counts too: whoever may push to it could hide what it released that way.
  const wanted = governed.map(({ branch }) => branch);
  const others = [overLimit(wanted, skipped)];
  for (const branch of wanted.slice(0, mostBranches)) others.push(await recordOf(place, branch, skipped));
  return others;
}

function overLimit(wanted: readonly LocalBranch[], skipped: SkippedRule[]): OtherRecord {
  if (wanted.length <= mostBranches) return nothingReleased;
  const why = `there are ${wanted.length} governed branches beside the base, and the first ${mostBranches} by name were read`;
  skipped.push({ rule: 'releases of other branches', why: `${why}: the App reads all` });
  return { ...nothingReleased, unknown: wanted.slice(mostBranches).map(({ name }) => ({ branch: name, unread: why })) };
}

function governedBy(branches: readonly BranchEntry[], branch: LocalBranch): readonly { readonly branch: LocalBranch; readonly entry: BranchEntry }[] {
  const entry = entryOf({ branches }, branch.name);
  return entry === null ? [] : [{ branch, entry }];
}

function unseen(branches: readonly BranchEntry[], own: BranchEntry | null, seen: readonly BranchEntry[]): readonly SkippedRule[] {
  const others = branches.filter((one) => one.entry !== own?.entry && !seen.includes(one));
  const none = others.map(({ entry }) => ({ rule: `releases of the branch entry ${entry}`, why: 'no branch that it names is known here: git fetch origin brings those that there are' }));
  const hasSiblings = seen.some((one) => one.entry === own?.entry);
  return hasSiblings ? [...none, { rule: 'versions, links and forks over the other branches of this entry', why: 'they are judged by the history of the base alone: the App judges them by all branches of the entry' }] : none;
}

/** A branch that can not be read, as in a shallow clone, hides what it released. */
async function recordOf({ objects, range, organization }: Place, { name, sha }: LocalBranch, skipped: SkippedRule[]): Promise<OtherRecord> {
  try {
    const { entry, state, isPreview } = await localConfiguration(objects, { ...range, base: { ...range.base, sha, branch: name } }, organization);
    if (entry === null || isPreview) return nothingReleased;
    const record = await buildRecord({ objects, entry, tip: sha, defaultBranch: range.base.defaultBranch, configuration: state });
    const { own, unsure, rivals } = await record.all();
    const doubtful = new Set(unsure);
    return { certain: own.filter((release) => !doubtful.has(release)), possible: [...unsure, ...rivals], unknown: [] };
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'SNAPSHOT_UNREADABLE') throw thrown;
    skipped.push({ rule: `releases of the branch ${name}`, why: thrown.message });
    return { ...nothingReleased, unknown: [{ branch: name, unread: thrown.message }] };
  }
}
