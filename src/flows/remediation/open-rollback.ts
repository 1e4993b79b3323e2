import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import { Failure } from '../../domain/failure.ts';
import { daysAfter } from '../../domain/instant.ts';
import { branchInTheWay } from '../../domain/remediation/branch-in-the-way.ts';
import { closingDays } from '../../domain/remediation/closing-days.ts';
import type { RollbackPlanning } from '../../domain/playbook/rollback-planning.ts';
import type { SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import type { Sha } from '../../domain/tree.ts';
import { rollbackRequestText } from '../../render/remediation/rollback-texts.ts';
import { evaluateJob } from '../job-requests.ts';
import { broughtCommits } from './brought-commits.ts';
import { answered } from './perform-step.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun, StepToTell } from './remediation-run.ts';
import type { RollbackWish } from './roll-back.ts';

/** The branch from which the remediation of a number is undone: there is one, whoever asks how often. */
function rollbackBranch(number: number): string {
  return `plumbline/rollback-${number}`;
}

interface Opened {
  readonly by: number;
  readonly head: Sha;
}

/** The pull request that undoes a merged remediation: the one that is there, whatever became of it, or a new one. */
export async function openRollback(run: RemediationRun, read: ReadState, wish: RollbackWish): Promise<CommandOutcome | 'again'> {
  const { record, ports } = run;
  const github = ports.github.repository(record.repository);
  const [facts, standing, tip] = [await github.pullRequest(wish.number), await standingFrom(run, read, rollbackBranch(wish.number)), await github.branchTip(read.state.measuredBranch)];
  if (standing !== null) return adopt(run, read, wish, standing);
  const last = facts?.mergeCommit ?? null;
  if (last === null || tip === null) throw new Failure('GITHUB_UNAVAILABLE', `Cannot roll back #${wish.number}: the commit that brought it, or the tip of ${read.state.measuredBranch}, is not told, expected both`);
  const brought = await broughtCommits(github, { number: wish.number, last, branch: read.state.measuredBranch });
  if (brought === null) return { kind: 'partly_brought', number: wish.number };
  const plan = await ports.sources.rollbackFor(record.repository, record.behavior, { base: tip, brought });
  if (plan.kind === 'no_playbook') return { kind: 'no_playbook', number: wish.number, behavior: record.behavior };
  if (plan.kind === 'refused') return { kind: 'not_undoable', number: wish.number, why: `found ${plan.refusal.found}, expected ${plan.refusal.expected}. ${plan.refusal.next}` };
  if (!(await isWhole(run, read, wish.number, plan))) return { kind: 'partly_brought', number: wish.number };
  return open(run, read, wish, { plan, base: tip });
}

/** The one from our branch that decides: what is open, else the newest of ours. A fork's branch is not ours. */
async function standingFrom({ github }: RemediationRun, { state }: ReadState, branch: string): Promise<SeenPullRequest | null> {
  const { pullRequests } = await github.read({ baseBranch: state.measuredBranch, heads: [branch], numbers: [] });
  const from = pullRequests.filter((one) => one.branch === branch && !one.fromFork);
  return from.find((one) => one.state.kind === 'open') ?? from.findLast(({ openedByUs }) => openedByUs) ?? null;
}

/** Only what our App opened, and only while it is at the commit that was written ahead of it: what else it has is somebody else's. */
async function adopt(run: RemediationRun, { state }: ReadState, wish: RollbackWish, one: SeenPullRequest): Promise<CommandOutcome> {
  const { number: by, branch, head } = one;
  if (!one.openedByUs) return { kind: 'branch_taken', branch };
  if (one.state.kind !== 'open') return { kind: 'rollback_ended', number: wish.number, by, state: one.state.kind };
  const isOurs = state.pending.some((made) => made.branch === branch && made.head === head);
  return isOurs ? keepRollback(run, wish, { by, head }, 'remediation.adopted') : { kind: 'touched', number: by };
}

/** Whether all that is on record as written by it came with it. */
async function isWhole({ ports, key }: RemediationRun, { state }: ReadState, number: number, { brought }: Extract<RollbackPlanning, { kind: 'plan' }>): Promise<boolean> {
  const digest = state.pullRequests.find((one) => one.number === number)?.recorded?.plan;
  const paths = digest === undefined ? null : await ports.store.transaction((transaction) => transaction.plannedPaths(key.repositoryId, digest));
  return paths !== null && paths.every((path) => brought.includes(path));
}

interface Planned {
  readonly plan: Extract<RollbackPlanning, { kind: 'plan' }>;
  readonly base: Sha;
}

async function open(run: RemediationRun, read: ReadState, wish: RollbackWish, { plan, base }: Planned): Promise<CommandOutcome | 'again'> {
  const { record, github } = run;
  const { title, text, message } = rollbackRequestText({ behavior: record.behavior, number: wish.number, plan, login: wish.effect.askedBy.login });
  const branch = rollbackBranch(wish.number);
  await intendStep(run, told('remediation.created', wish.url));
  const opened = await answered(async () => {
    const made = await branchAt(run, read, branch, () => write(run, () => github.makeCommit({ parents: [base], onto: base, files: plan.files, message })), plan);
    if (typeof made !== 'string') return made;
    const answer = await write(run, () => github.openPullRequest({ branch, base: read.state.measuredBranch, title, text }));
    return answer.kind === 'opened' ? { kind: 'opened' as const, by: answer.number, head: made } : answer;
  });
  switch (opened.kind) {
    case 'opened':
      return keepRollback(run, wish, opened, 'remediation.created');
    case 'moved':
      return 'again';
    case 'refused':
      return { kind: 'refused', why: opened.why };
    case 'branch_taken':
      return opened;
  }
}

/** The commit at our branch: made now, or by an attempt that was interrupted, as what was written ahead tells. Another's branch stays as it is. */
async function branchAt(run: RemediationRun, { state }: ReadState, branch: string, make: () => Promise<Sha>, { digest }: Planned['plan']) {
  const taken = branchInTheWay(state.branches.map(({ name }) => name), branch);
  if (taken !== null) return { kind: 'branch_taken' as const, branch: taken };
  const found = state.branches.find(({ name }) => name === branch);
  if (found !== undefined) return state.pending.some((one) => one.branch === branch && one.head === found.tip) ? found.tip : { kind: 'branch_taken' as const, branch };
  const head = await make();
  await run.ports.store.transaction((transaction) => transaction.writeAhead(run.key, { branch, head, plan: digest, onOthersCommits: false }));
  const created = await write(run, () => run.github.createBranch(branch, head));
  return created.kind === 'written' ? head : created;
}

/** Once for each wish: the decision, whose hand is in it, and the entry. */
async function keepRollback(run: RemediationRun, wish: RollbackWish, { by, head }: Opened, event: 'remediation.created' | 'remediation.adopted'): Promise<CommandOutcome> {
  const { effect, number } = wish;
  const { key, ports, record } = run;
  const until = daysAfter(ports.clock.now().toISOString(), closingDays.human);
  await settleStep(run, told(event, wish.url.replace(/\d+$/, String(by))), async (transaction) => {
    await transaction.recordRemediationPull(key, number, { whyClosed: 'rolled_back' });
    await transaction.suppress(key, { number, until });
    await transaction.recordContribution({ repositoryId: key.repositoryId, pullRequest: by, commit: head, person: effect.askedBy, effect: effect.key });
    // Its own event may have been judged before it was known who asked.
    await transaction.enqueue(evaluateJob(record.repository, by));
  }, { actor: `user:${effect.askedBy.login}`, detail: { undoes: number, by } });
  return { kind: 'rollback_opened', number, behavior: record.behavior, by };
}

function told(event: StepToTell['event'], pullRequest: string | null): StepToTell {
  return { row: null, reason: 'rolled_back', event, pullRequest, step: { kind: 'roll_back' } };
}
