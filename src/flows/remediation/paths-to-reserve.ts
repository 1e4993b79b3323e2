import type { Digest } from '../../domain/digest.ts';
import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import { generationOf } from '../../domain/remediation/branch-name.ts';
import type { PathReservation } from '../../domain/remediation/remediation-record.ts';
import type { RemediationReading, SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import type { Records } from './read-records.ts';
import type { ReadableRun } from './remediation-run.ts';

/**
 * What a write has to reserve before it: the paths of the plan, and, where none is open, of the commits of ours from which one may be: that of an intent
 * which was never opened is taken as it is, and what we closed is opened again as it was. `newly`: those that are not in an open one of this drift.
 */
export async function pathsToReserve({ ports, record, key }: ReadableRun, { pullRequests }: RemediationReading, records: Records, plan: RemediationPlan | null): Promise<PathReservation> {
  const since = records.reserved.newest;
  if (plan === null || plan.files.length === 0) return { paths: [], newly: [], since };
  const own = pullRequests.filter((one) => one.openedByUs && !one.fromFork && generationOf(one.branch, record.fingerprint) !== null);
  const open = own.filter(({ state }) => state.kind === 'open');
  const standing = open.map((one) => planAt(records, one));
  const again = open.length > 0 ? [] : plansToOpen(records, own, record.fingerprint);
  const known = await pathsOf(ports.store, key.repositoryId, [...standing, ...again]);
  const before = new Set(known.slice(0, standing.length).flat());
  const paths = [...new Set([...plan.files.map(({ path }) => path), ...known.slice(standing.length).flat()])].toSorted();
  return { paths, newly: paths.filter((path) => !before.has(path)), since };
}

function plansToOpen(records: Records, own: readonly SeenPullRequest[], fingerprint: Digest): readonly (Digest | null)[] {
  const closed = own.findLast(({ state }) => state.kind === 'closed');
  const opened = own.map(({ branch }) => generationOf(branch, fingerprint));
  const unopened = records.intents.filter(({ head, generation }) => head !== null && !opened.includes(generation));
  return [...unopened.map(({ plan }) => plan), ...(closed === undefined ? [] : [planAt(records, closed)])];
}

/** The plan of the commit at which it stands; where that is a person's, the one that we pushed last. */
function planAt({ pending, pulls }: Records, { number, head }: SeenPullRequest): Digest | null {
  return pending.find((one) => one.head === head)?.plan ?? pulls.find((one) => one.number === number)?.recorded?.plan ?? null;
}

/** Of each plan in turn. */
async function pathsOf(store: ReadableRun['ports']['store'], repositoryId: number, plans: readonly (Digest | null)[]): Promise<readonly (readonly string[])[]> {
  if (plans.length === 0) return [];
  return store.transaction((transaction) => Promise.all(plans.map(async (plan) => (plan === null ? [] : ((await transaction.plannedPaths(repositoryId, plan)) ?? [])))));
}
