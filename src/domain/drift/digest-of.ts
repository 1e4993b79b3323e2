import { daysAfter, isBefore } from '../instant.ts';
import type { IssueRecord } from '../issue/issue-record.ts';
import { closingDays } from '../remediation/closing-days.ts';
import type { LastSaid, SaidRemediation, Suppression } from '../remediation/remediation-record.ts';
import type { Hold } from '../remediation/remediation-state.ts';
import { fullNameOf } from '../repository.ts';
import { blastRadiusOf } from '../scan/blast-radius.ts';
import type { DriftReach } from '../scan/blast-radius.ts';
import type { ScanPlan } from '../scan/scan.ts';
import type { DigestEntry, DriftDigest, Unmeasured } from './drift-digest.ts';
import type { DriftRecord, DriftRun } from './drift-record.ts';
import { isFlapping } from './fold-measurement.ts';
import { playbookRepairs } from './playbook-repairs.ts';
import { remediationStatistics } from './remediation-statistics.ts';
import type { KeptDrift } from './scanned-behavior.ts';

/** What became of the remediation of a drift, as our record says. */
export interface DriftOutlook {
  readonly said: SaidRemediation['said'];
  readonly suppressions: readonly Suppression[];
  readonly unsuppressedAt: string | null;
  readonly issue: IssueRecord | null;
}

/** Of a whole account: what one scan may open is bounded over all of it. */
export interface DigestSources {
  readonly now: string;
  readonly plans: readonly ScanPlan[];
  readonly reach: DriftReach;
  /** `outlook: null`: it was never looked at. */
  readonly drifts: readonly { readonly kept: KeptDrift; readonly outlook: DriftOutlook | null }[];
  /** The newest first. */
  readonly runs: readonly DriftRun[];
  /** Id of the repository that alone is told of; null: all are. */
  readonly within: number | null;
}

/** Where a drift is told of. `elsewhere`: in its pull request or issue. */
type Place =
  | { readonly kind: 'held'; readonly by: Hold }
  | { readonly kind: 'stuck'; readonly why: string }
  | { readonly kind: 'suppressed'; readonly until: string }
  | { readonly kind: 'flapping' | 'reported' | 'elsewhere' };

/** What is to be told, of what scans found and what became of it. Without new facts it stays the same, whenever it is asked for. */
export function digestOf(sources: DigestSources): DriftDigest {
  const { now, within } = sources;
  const radius = blastRadiusOf(sources.reach);
  const isTold = (id: number): boolean => within === null || id === within;
  const [plans, drifts, runs] = [sources.plans.filter(({ repository }) => isTold(repository.id)), sources.drifts.filter(({ kept }) => isTold(kept.record.repositoryId)), sources.runs.filter(({ repositoryId }) => isTold(repositoryId))];
  const names = new Map(plans.map(({ repository }) => [repository.id, fullNameOf(repository)]));
  const nameOf = (id: number): string => names.get(id) ?? String(id);
  const placed = drifts.flatMap(({ kept, outlook }) => {
    const place = placeOf({ kept, outlook, now, isBeyond: radius.isBeyond });
    return place === null ? [] : [{ place, entry: entryOf(kept, outlook, nameOf(kept.record.repositoryId)), kept }];
  });
  const statistics = remediationStatistics(drifts.map(({ kept }) => kept), runs, new Date(now));
  return {
    alarm: radius.isBeyond ? { drifted: radius.drifted.size, governed: radius.governed, most: radius.most } : null,
    held: placed.flatMap(({ place, entry }) => (place.kind === 'held' ? [{ ...entry, by: place.by }] : [])),
    stuck: placed.flatMap(({ place, entry }) => (place.kind === 'stuck' ? [{ ...entry, why: place.why }] : [])),
    flapping: placed.flatMap(({ place, entry, kept }) => (place.kind === 'flapping' ? [{ ...entry, flips: kept.record.flips.length }] : [])),
    unmeasured: [...plans.flatMap(unmeasuredIn), ...drifts.flatMap(({ kept }) => unmeasuredOf(kept, nameOf(kept.record.repositoryId)))],
    suppressed: placed.flatMap(({ place, entry }) => (place.kind === 'suppressed' ? [{ ...entry, until: place.until }] : [])),
    reported: placed.flatMap(({ place, entry }) => (place.kind === 'reported' ? [entry] : [])),
    success: statistics.success,
    repairs: playbookRepairs({ statistics, runs, targetOf: (id) => plans.find(({ repository }) => repository.id === id)?.scanned?.repairTarget ?? null }),
    newest: statistics.lastRuns.map((run) => ({ ...run, repository: nameOf(run.repositoryId) })),
  };
}

interface Placing {
  readonly kept: KeptDrift;
  readonly outlook: DriftOutlook | null;
  readonly now: string;
  readonly isBeyond: boolean;
}

/** Null: it does not drift. */
function placeOf({ kept, outlook, now, isBeyond }: Placing): Place | null {
  const said = outlook?.said ?? null;
  if (isFlapping(kept.record, now) || (kept.record.standing === 'drift' && (said?.reason === 'flapping' || outlook?.issue?.told === 'flapping'))) return { kind: 'flapping' };
  if (kept.record.standing !== 'drift') return null;
  if (!kept.scanned.decides) return { kind: 'reported' };
  const until = suppressedUntil(outlook, now);
  if (until !== null) return { kind: 'suppressed', until };
  return placeOfSaid({ kept, outlook, now, isBeyond });
}

/** What the table said last. Told elsewhere is only what has its pull request or issue, or waits until a merge can be judged: whatever else stands is told here. */
function placeOfSaid({ kept: { record }, outlook, now, isBeyond }: Placing): Place {
  const said = outlook?.said ?? null;
  const isOpen = outlook?.issue?.isOpen === true || (said !== null && said.pullRequest !== null && said.row !== null && said.row >= 2 && said.row <= 8);
  if (said === null) return isOpen ? { kind: 'elsewhere' } : unlooked(record, now, isBeyond);
  const { reason, about } = said;
  if (reason === 'pause' || reason === 'limit' || reason === 'blast_radius') return { kind: 'held', by: isBeyond ? 'blast_radius' : reason };
  if (reason === 'same_files') return { kind: 'held', by: reason };
  if (reason === 'report_only') return { kind: 'reported' };
  const refusal = outlook?.issue?.told ?? null;
  if (reason === 'issue_only' && refusal !== null) return { kind: 'stuck', why: refusal };
  if (reason === 'refused') return { kind: 'stuck', why: about === '' ? reason : about };
  // It was measured all the same: what is not known is how to mend it.
  if (reason === 'missing_evidence' && record.last === 'drift' && !isOpen) return { kind: 'stuck', why: 'unplannable' };
  if (needingPeople.has(reason)) return { kind: 'stuck', why: reason };
  // What could not be measured is in a list of its own.
  if (isOpen || reason === 'verifying' || reason === 'missing_evidence') return { kind: 'elsewhere' };
  return { kind: 'stuck', why: said.row === 0 ? 'unread' : 'unlooked' };
}

/** Milliseconds in which a drift is looked at after it was confirmed. */
const lookedWithinMs = 10 * 60_000;

function unlooked({ drifting, measuredAt }: DriftRecord, now: string, isBeyond: boolean): Place {
  if (isBeyond) return { kind: 'held', by: 'blast_radius' };
  return Date.parse(now) - Date.parse(drifting?.since ?? measuredAt) < lookedWithinMs ? { kind: 'elsewhere' } : { kind: 'stuck', why: 'unlooked' };
}

/** Reasons for which nothing goes on by itself. */
const needingPeople: ReadonlySet<LastSaid['reason']> = new Set(['duplicates', 'foreign_branch', 'foreign_pull_request', 'branch_in_the_way', 'too_many_generations', 'ineffective_twice', 'ineffective_last']);

/** Until when somebody's close of its pull request or issue stands; null where none does. */
function suppressedUntil(outlook: DriftOutlook | null, now: string): string | null {
  if (outlook === null) return null;
  const { said, issue, suppressions, unsuppressedAt } = outlook;
  const standing = suppressions.filter(({ until }) => isBefore(now, until)).toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
  if (said?.row === 9 || said?.row === 11) return standing.at(-1)?.until ?? null;
  if (issue === null || issue.isOpen) return null;
  const until = standing.find(({ number }) => number === issue.number)?.until ?? null;
  const isTakenBack = until !== null && unsuppressedAt !== null && isBefore(daysAfter(until, -closingDays.human), unsuppressedAt);
  return isTakenBack ? null : until;
}

function entryOf({ record, scanned }: KeptDrift, outlook: DriftOutlook | null, repository: string): DigestEntry {
  const { issue, said } = outlook ?? { issue: null, said: null };
  const metrics = scanned.metrics.filter(({ verdict }) => verdict === 'drift').map(({ name }) => name);
  return { repository, behavior: record.behavior, metrics, since: record.episode?.confirmedAt ?? record.measuredAt, link: said?.pullRequest ?? issue?.url ?? null };
}

function unmeasuredIn({ repository, failedSince, scanned }: ScanPlan): readonly Unmeasured[] {
  const name = fullNameOf(repository);
  const whole: readonly Unmeasured[] = failedSince === null ? [] : [{ repository: name, what: { kind: 'repository' }, since: failedSince, why: null }];
  return [...whole, ...(scanned?.broken ?? []).map((path): Unmeasured => ({ repository: name, what: { kind: 'file', name: path }, since: null, why: null }))];
}

/** Why it is inconclusive has other numbers in it each time: that stands in the log alone. */
function unmeasuredOf({ record, scanned }: KeptDrift, repository: string): readonly Unmeasured[] {
  if (record.last !== 'error' && record.last !== 'inconclusive') return [];
  return [{ repository, what: { kind: 'behavior', name: record.behavior }, since: scanned.since, why: record.last === 'error' ? scanned.why : null }];
}
