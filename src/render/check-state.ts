import type { Decision } from '../domain/decision.ts';
import type { CheckState } from '../domain/effect.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { Verdict } from '../domain/verdict.ts';
import { annotationsOf } from './annotations.ts';
import { checkSummary } from './check-summary.ts';
import { conclusionOf, gateConclusionOf } from './conclusion.ts';
import { coverage } from './coverage.ts';
import { gateState, waitOf } from './gate-state.ts';
import { headlineOf } from './headline.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';

/** The check to require: the whole decision. Its annotations leave out what a gate's own check annotates. While samples are awaited it stays open. */
export function renderRollUp(decision: Decision, context: RenderContext): CheckState {
  const own = decision.verdicts.filter((verdict) => verdict.gate === 'change' || !verdict.applies);
  const state = wholeState(decision, own, context);
  return context.wait === undefined ? state : stillOpen(state);
}

/** GitHub adds annotations and never takes one back, and what is open offers nothing to click. */
function stillOpen({ title, summary, text }: Pick<CheckState, 'title' | 'summary' | 'text'>): CheckState {
  return { status: 'in_progress', conclusion: null, title, summary, text, annotations: [] };
}

function wholeState(decision: Decision, annotated: readonly Verdict[], context: RenderContext): CheckState {
  return {
    status: 'completed',
    conclusion: conclusionOf(decision.decision),
    title: headlineOf(decision, context.wait).title,
    summary: checkSummary(decision, context),
    text: coverage(decision),
    annotations: annotationsOf(rankedFindings({ wouldBe: decision.wouldBe, verdicts: annotated }), context.headFiles),
  };
}

/** One gate's own check. A gate that gave no verdict fails; one that awaits samples stays open. */
export function renderGate(decision: Decision, gate: GateName, context: RenderContext): CheckState {
  const verdict = decision.verdicts.find((one) => one.gate === gate) ?? silent(gate);
  const state = gateState(decision, verdict, context);
  return waitOf(verdict, context) === undefined ? { ...state, conclusion: gateConclusionOf(verdict.verdict) } : stillOpen(state);
}

/** What a first configuration would do. The only check that is neutral: nobody requires it, and it decides nothing. */
export function renderPreview(decision: Decision, context: RenderContext): CheckState {
  const { title, summary, ...rest } = wholeState(decision, decision.verdicts, context);
  const opening = 'This change adds the first configuration of Plumbline. It is not in force yet; with it, this change would be judged as follows.';
  return { ...rest, conclusion: 'neutral', title: `Preview: ${title}`, summary: `${opening}\n\n${summary}` };
}

export function renderOpen(): CheckState {
  return { status: 'in_progress', conclusion: null, title: 'Judging', summary: 'Plumbline is judging this commit.', text: null, annotations: [] };
}

/** The open roll-up of a head that is no longer the one to judge. */
export function renderCancelled(newHead: string | null): CheckState {
  const instead = newHead === null ? 'This commit is no longer the one to judge.' : `A newer commit, ${newHead}, is judged instead.`;
  return concluded('cancelled', 'Superseded', `${instead} Nothing was decided about this one.`);
}

/** A job that failed too often. Says the code, not the message: that may name what only the operator should read. */
export function renderBuried(failure: { readonly code: string; readonly job: string }): CheckState {
  const what = `This change is blocked: Plumbline tried several times and failed (\`${failure.code}\`). This is a fault in Plumbline or in what it depends on, not a finding about your change.`;
  const next = 'It is not retried by itself. **Next:** re-run this check or push again; if that fails too, the operator of Plumbline finds the job among the dead letters.';
  return concluded('failure', 'Blocked: Plumbline failed', `${what}\n\n${next}`);
}

/** A run that was left open for longer than an evaluation may take. */
export function renderStale(): CheckState {
  const what = 'This change is blocked: the evaluation did not end in time. Nothing in your change caused this.';
  return concluded('failure', 'Blocked: no verdict in time', `${what}\n\n**Next:** Plumbline judges it again by itself; a push or a re-run of this check does so at once.`);
}

/** No decision: none can be kept while the account's log is blocked. */
export function renderBlockedLog(): CheckState {
  const what = '`audit/blocked` This change is blocked: the audit log of this account can not be written, and what can not be logged does not take effect. Nothing in your change caused this.';
  const next = '**Next:** wait. The operator of Plumbline has to look at the log (`plumbline audit verify`) and open it again; within an hour after that this commit is judged by itself, by a push or a re-run of this check at once.';
  return concluded('failure', 'Blocked: the audit log can not be written', `${what}\n\n${next}`);
}

function concluded(conclusion: 'failure' | 'cancelled', title: string, summary: string): CheckState {
  return { status: 'completed', conclusion, title, summary, text: null, annotations: [] };
}

function silent(gate: GateName): Verdict {
  return { gate, verdict: 'inconclusive', applies: true, findings: [], evaluated: [], skipped: [], covered: [] };
}
