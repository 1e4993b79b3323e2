import { contractLinks } from '../audit/entry-link.ts';
import { digestOfBytes } from '../domain/digest.ts';
import type { Decision } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import { actorOf } from '../domain/people/actor-of.ts';
import { fullNameOf } from '../domain/repository.ts';
import { samplesWait } from '../domain/sample/samples-wait.ts';
import type { SamplesWait } from '../domain/sample/samples-wait.ts';
import { strictest } from '../domain/strictest.ts';
import type { Standing } from '../domain/strictest.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { JsonValue } from '../domain/json-value.ts';
import type { StatedUsageOfChange } from '../gates/hallucination/usage/stated-usage.ts';
import { renderComment } from '../render/comment.ts';
import { renderGate, renderRollUp } from '../render/check-state.ts';
import type { RenderContext } from '../render/render-context.ts';
import { keepReported } from './calibration/keep-reported.ts';
import { appendActions } from './append-actions.ts';
import { appendApprovals } from './append-approvals.ts';
import { commentGroup, nameOfCheck, requestChecks } from './check-effects.ts';
import type { CheckRequest } from './check-effects.ts';
import type { ChangeToEvaluate } from './change-to-evaluate.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { InputToKeep } from './input-to-keep.ts';
import { performJob, recordPushJob } from './job-requests.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';
import { recordMatches } from './record-matches.ts';
import { retryAfter } from './retry-after.ts';
import { standingCandidates } from './standing-candidates.ts';
import { chargeEvidence } from './usage/charge-evidence.ts';
import { toldOfDecision } from './told-of-decision.ts';

export interface DecisionToKeep {
  readonly evaluation: EvaluationRecord;
  readonly wanted: ChangeToEvaluate;
  readonly decision: Decision;
  /** What it was made of. */
  readonly input: InputToKeep;
  /** What its evidence says that was used up; null: nothing that counts. */
  readonly usage: StatedUsageOfChange | null;
  /** Ids of those that the change concerns. */
  readonly contracts: readonly string[];
  /** Paths at the head, for annotations. */
  readonly headFiles: ReadonlyMap<string, number | null>;
  /** Where the repository stands on GitHub. */
  readonly repositoryUrl: string;
}

/**
 * One transaction: the decision, its audit entry, and the effects that show it. Nothing is shown that is not logged. While samples of the
 * change are awaited the evaluation goes on, and its roll-up stays open: what it decides so far is kept all the same.
 */
export async function keepDecision(ports: FlowPorts, kept: DecisionToKeep): Promise<void> {
  const now = ports.clock.now();
  const erased = new Failure('SUPERSEDED', `Cannot keep the decision of evaluation ${kept.evaluation.id}: something that it was made of was erased meanwhile.`);
  const work = ports.store.transaction(async (transaction) => {
    if (!(await transaction.holdEvaluation(kept.evaluation.id))) return false;
    // Before anything is appended: whoever reserves usage holds it while they append.
    await chargeUsage(transaction, kept, now);
    const awaited = await samplesAwaited(transaction, kept, now);
    const record = recordOf(kept, { id: awaited === null ? kept.evaluation.id : ports.newId(), decidedAt: now });
    const before = await transaction.newestDecision(record.repository.id, record.subject);
    const earlier = await transaction.standingDecisions(record.repository.id, record.entry, record.decision.head);
    const retry = await retryAfter(transaction, record, now);
    await transaction.saveDecision(record);
    await appendDecision(transaction, kept, record);
    // Nobody erases until the end: that appends to the same log.
    if ((await transaction.lackedInputs(record.repository.account.id, kept.input.digests)).length > 0) throw erased;
    const told = { title: reasonIn(kept.wanted), before };
    await appendActions(transaction, record, told);
    await appendApprovals(transaction, record, told);
    await recordMatches(transaction, record);
    if (kept.wanted.pullRequest !== null) await keepReported(transaction, { repository: record.repository, number: kept.wanted.pullRequest.facts.number, forkBy: kept.wanted.change.fork ? kept.wanted.change.author : null }, record.decision, now);
    const candidates = await standingCandidates(transaction, record, kept.wanted.configuration.effective);
    const wait = deniesAnyway(candidates) ? null : awaited;
    const retryAt = wait === null ? retry : againAt(wait, retry);
    await showStrictest(transaction, kept, record, { candidates, retryAt, earlier, wait });
    if (wait === null) await showComment(transaction, kept, retryAt);
    if (waitsForRecord(kept.decision)) await transaction.enqueueMissing(recordPushJob(record.repository, `refs/heads/${record.baseBranch}`));
    if (retryAt !== null) await transaction.enqueue(kept.wanted.again(retryAt));
    await endOrWait(transaction, kept.evaluation, { wait, now });
    return true;
  });
  const isKept = await work.catch((thrown: unknown) => {
    if (thrown === erased) return false;
    throw thrown;
  });
  if (!isKept) await giveWay(ports, kept);
}

/** Of pull requests alone: what a merge group brings was charged with each of its own. */
async function chargeUsage(transaction: StoreTransaction, { wanted, usage }: DecisionToKeep, now: Date): Promise<void> {
  if (wanted.pullRequest === null || usage === null) return;
  await chargeEvidence(transaction, { repository: wanted.repository, pullRequest: wanted.pullRequest.facts.number, stated: usage, configuration: wanted.configuration.effective, now });
}

/** By when the head was judged first in this entry, as it is kept. */
async function samplesAwaited(transaction: StoreTransaction, { evaluation, decision }: DecisionToKeep, now: Date): Promise<SamplesWait | null> {
  const sameHead = await transaction.evaluationsAt(evaluation.repository.id, evaluation.head);
  const first = sameHead.find(({ subject, rollUp }) => subject === evaluation.subject && rollUp === evaluation.rollUp);
  return samplesWait(decision, (first ?? evaluation).startedAt, now);
}

/** Whatever samples say, what else has this head is denied: that is shown at once. */
function deniesAnyway(candidates: readonly Standing[]): boolean {
  return strictest(candidates)?.decision.cause === 'fail';
}

/** Samples that come ask for it by themselves. */
function againAt({ until, isAlone }: SamplesWait, retry: Date | null): Date {
  return isAlone || retry === null || retry > until ? until : retry;
}

async function endOrWait(transaction: StoreTransaction, { id }: EvaluationRecord, { wait, now }: { readonly wait: SamplesWait | null; readonly now: Date }): Promise<void> {
  if (wait === null) await transaction.finishEvaluation(id, now);
  else await transaction.awaitSamples(id, wait.until);
}

/** The base has what the record lacks: coverage was widened where no push told of it. */
function waitsForRecord(decision: Decision): boolean {
  return decision.verdicts.some((verdict) => verdict.findings.some((one) => one.code === 'contract/record_incomplete'));
}

/** A watchdog or a newer run ended this evaluation while it was judged, or something that it was made of was erased: nothing is written in its name, and whatever is current is judged. */
async function giveWay(ports: FlowPorts, { wanted, evaluation }: DecisionToKeep): Promise<never> {
  await ports.store.transaction((transaction) => transaction.enqueue(wanted.again(ports.clock.now())));
  throw new Failure('SUPERSEDED', `Cannot keep the decision of evaluation ${evaluation.id}: it was ended, or something that it was made of erased, meanwhile. The change is judged anew.`);
}

function recordOf({ wanted, decision }: DecisionToKeep, { id, decidedAt }: Pick<DecisionRecord, 'id' | 'decidedAt'>): DecisionRecord {
  const { organization, repository } = wanted.configuration;
  return { id, repository: wanted.repository, subject: wanted.subject, entry: wanted.entry.entry, baseBranch: wanted.change.baseBranch, decision, configuration: { organization, repository }, decidedAt };
}

/** What it was made of stands beside it: whoever has both can judge again. */
async function appendDecision(transaction: StoreTransaction, { wanted, decision, input, contracts }: DecisionToKeep, { id }: DecisionRecord): Promise<void> {
  const payload: JsonValue = JSON.parse(JSON.stringify(decision));
  await transaction.keepInputs(wanted.repository.account.id, input.parts);
  await transaction.append({
    account: wanted.repository.account.id,
    repository: { id: wanted.repository.id, name: fullNameOf(wanted.repository) },
    subject: wanted.subject,
    event: 'decision.made',
    actor: actorOf(wanted.change.author),
    rationale: reasonIn(wanted),
    ...toldOfDecision(decision),
    payload,
    links: [id, `commit:${decision.head}`, input.link, ...membersOf(wanted), ...contractLinks(contracts)],
  });
}

/** The log takes no entry without a reason, whatever a change is called. */
function reasonIn({ change: { title } }: ChangeToEvaluate): string {
  return title === '' ? 'no title' : title;
}

/** A merge group's decision is one about each pull request in it. */
function membersOf({ change: { subject } }: ChangeToEvaluate): readonly string[] {
  return subject.kind === 'merge-group' && subject.members !== 'unresolved' ? subject.members.slice(0, mostMembers).map(pullRequestSubject) : [];
}

/** An entry has its bounds. GitHub puts at most 100 into a group. */
const mostMembers = 200;

interface Shown {
  readonly candidates: readonly Standing[];
  /** For which samples the own decision waits; null: it does not, or waits in vain. */
  readonly wait: SamplesWait | null;
  readonly retryAt: Date | null;
  /** What was decided about this head before: a gate that has no subject any more takes back its own check. */
  readonly earlier: readonly DecisionRecord[];
}

/** A check belongs to a SHA: over everything that is open with this head and entry the strictest decision is shown. */
async function showStrictest(transaction: StoreTransaction, kept: DecisionToKeep, record: DecisionRecord, { candidates, wait, retryAt, earlier }: Shown): Promise<void> {
  const { evaluation, wanted } = kept;
  const chosen = strictest(candidates);
  // Nothing is stricter than what waits but a denial, beside which nothing waits.
  const shown = wait === null ? { decision: chosen?.decision ?? record.decision, subject: chosen?.subject ?? wanted.subject } : record;
  const { decision } = shown;
  const leftOut = (chosen?.leftOut ?? []).map(({ pullRequest, why }) => ({ subject: pullRequestSubject(pullRequest), why }));
  const context = { subject: wanted.subject, decidedBy: shown.subject, leftOut, retryAt, headFiles: kept.headFiles, repositoryUrl: kept.repositoryUrl, ...(wait === null ? mendingOf(wanted, shown.subject) : { wait }) };
  const wereShown = new Set([decision, ...earlier.map((one) => one.decision)].flatMap((one) => one.verdicts.filter((verdict) => verdict.applies).map(({ gate }) => gate)));
  const gates = decision.verdicts.filter((verdict) => wereShown.has(verdict.gate) && verdict.gate !== 'change');
  const checks: CheckRequest[] = gates.map(({ gate }) => ({ evaluation, name: nameOfCheck(wanted.entry, gate), state: renderGate(decision, gate, context) }));
  const rollUp = { evaluation, name: evaluation.rollUp, state: renderRollUp(decision, context) };
  // Another subject's run may have been opened after ours and be decided already: ours would be the older one. While we wait it is not green.
  const isShared = wait === null && candidates.some((one) => one.subject !== record.subject);
  await requestChecks(transaction, [...checks, rollUp, ...(isShared ? [{ ...rollUp, isRepeated: true }] : [])]);
}

/** A click goes by the decision of the run's own evaluation: where another subject's is shown, there is no button. */
function mendingOf({ pullRequest, change, subject }: ChangeToEvaluate, decidedBy: string): Pick<RenderContext, 'mending'> {
  if (pullRequest === null || decidedBy !== subject) return {};
  return { mending: change.fork ? 'fork' : 'button' };
}

/** One comment per pull request, edited in place, and only when there is something to say that it does not say yet. */
async function showComment(transaction: StoreTransaction, { evaluation, wanted, decision }: DecisionToKeep, retryAt: Date | null): Promise<void> {
  if (wanted.pullRequest === null) return;
  const { number } = wanted.pullRequest.facts;
  const key = `comment/${wanted.repository.id}/${number}/decision`;
  const standing = await transaction.performedEffect(key);
  const body = renderComment(decision, { hasComment: standing !== null, retryAt });
  if (body === null || standing?.bodyDigest === digestOfBytes(body)) return;
  const effect: Effect = { kind: 'comment', key, pullRequest: number, topic: 'decision', body };
  await transaction.request([{ effect, group: commentGroup(number) }], wanted.repository, evaluation.id);
  await transaction.enqueue(performJob(wanted.repository, commentGroup(number)));
}
