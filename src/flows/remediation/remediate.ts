import { causeOfFailure } from '../../domain/cause-of-failure.ts';
import { Failure } from '../../domain/failure.ts';
import { fingerprintOf } from '../../domain/remediation/fingerprint.ts';
import { isAtRest } from '../../domain/remediation/is-at-rest.ts';
import type { RemediationRecord, SaidRemediation } from '../../domain/remediation/remediation-record.ts';
import { soon } from '../digest/digest-jobs.ts';
import { digestJob, remediateJob } from '../job-requests.ts';
import type { HeldLease } from '../held-lease.ts';
import { leaveRepository } from '../scan/leave-repository.ts';
import type { AskedRemediation, RemediationPorts } from './remediation-ports.ts';
import { answerWishes } from './answer-wishes.ts';
import type { Looked } from './answer-wishes.ts';
import { driftIssueKey } from './drift-issue-key.ts';
import { grantWishes } from './grant-wishes.ts';
import { noteLook } from './note-look.ts';
import { settleIssue } from './settle-issue.ts';
import { settleRemediation } from './settle-remediation.ts';
import type { Look } from './settle-remediation.ts';
import type { PendingWish } from './wishes.ts';

/**
 * Looks at every remediation of one behaviour: that of the drift that is there now first, so that a successor is open before what it
 * takes the place of is closed. What people wish of it comes before, as far as they still may. One behaviour is looked at by one worker at a time; `lease` is asked before each write.
 * A repository that is archived or gone by now is left alone: it is not tried again.
 */
export async function remediate(ports: RemediationPorts, asked: AskedRemediation, lease: HeldLease): Promise<void> {
  await refuseBlocked(ports, asked);
  const { repository, behavior } = asked;
  const wishes: PendingWish[] = [];
  let looks: readonly Looked[] = [];
  try {
    wishes.push(...(await grantWishes(ports, asked, lease)));
    looks = await lookAtAll(ports, asked, { lease, wishes });
  } catch (thrown) {
    if (!(await leaveRepository(ports, repository, causeOfFailure(thrown)))) throw thrown;
  }
  await answerWishes(ports, wishes, looks);
  const now = ports.clock.now();
  const runAt = earliest(looks, now);
  await ports.store.transaction(async (transaction) => {
    if (runAt !== null) await transaction.enqueue(remediateJob(repository, behavior, runAt));
    if (looks.length > 0) await transaction.enqueue(digestJob(repository, soon(now)));
  });
}

async function lookAtAll(ports: RemediationPorts, asked: AskedRemediation, { lease, wishes }: { readonly lease: HeldLease; readonly wishes: readonly PendingWish[] }): Promise<readonly Looked[]> {
  const { repository } = asked;
  const looks: Looked[] = [];
  for (const record of await remediationsToLookAt(ports, asked)) {
    const key = { repositoryId: repository.id, fingerprint: record.fingerprint };
    const run = { ports, record: { ...record, repository }, key, github: ports.github.remediation(repository), lease, asked: wishes.map(({ effect }) => effect) };
    const { read, ...look } = await settleRemediation(run);
    const isLost = look.refused !== null && (await leaveRepository(ports, repository, look.refused));
    if (isLost) return [...looks, { ...look, record }];
    await settleIssue(run, read, look.next);
    await noteLook(run, read, look.next);
    looks.push({ ...look, record });
  }
  return looks;
}

/** What is written under a blocked log could not be recorded. */
async function refuseBlocked({ store }: RemediationPorts, { repository: { account } }: AskedRemediation): Promise<void> {
  const why = await store.audit.blocked(account.id);
  if (why !== null) throw new Failure('AUDIT_BLOCKED', `Cannot remediate for account ${account.id}: its log is blocked (${why}). Nothing was written. Run plumbline audit verify.`);
}

/** The drift that is there now, and the others that were not at rest when they were last looked at. */
async function remediationsToLookAt({ store, sources, clock }: RemediationPorts, { repository, behavior }: AskedRemediation): Promise<readonly RemediationRecord[]> {
  const drift = await sources.driftNow(repository, behavior);
  const seen = drift?.seen;
  const fingerprint = seen?.kind === 'drift' ? fingerprintOf(seen.identity) : null;
  const known = await store.transaction(async (transaction) => {
    if (drift !== null && fingerprint !== null) await transaction.beginRemediation({ repository, fingerprint, behavior, target: drift.target, baseBranch: drift.baseBranch, at: clock.now().toISOString() });
    const told: (SaidRemediation & { readonly isTold: boolean })[] = [];
    for (const one of await transaction.remediationsOf(repository.id, behavior)) told.push({ ...one, isTold: (await transaction.issueRecord(driftIssueKey(one)))?.isOpen === true });
    return told;
  });
  const isCurrent = (one: RemediationRecord): boolean => one.fingerprint === fingerprint;
  return [...known.filter(isCurrent), ...known.filter((one) => !isCurrent(one) && (one.isTold || !isAtRest(one)))];
}

/** What is far away, scans see in time. */
const soonMs = 24 * 3_600_000;

function earliest(looks: readonly Look[], now: Date): Date | null {
  const instants = looks.flatMap(({ again }) => (again.kind === 'at' ? [Date.parse(again.instant)] : [])).filter((instant) => instant - now.getTime() <= soonMs);
  return instants.length === 0 ? null : new Date(Math.min(...instants));
}
