import { compareText } from '../../../domain/compare-text.ts';
import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { leaveToApp } from '../../../domain/left-to-app.ts';
import { limits } from '../../../domain/limits.ts';
import { foldedLogin } from '../../../domain/people/contributor.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import { chargeOf } from '../../../domain/usage/charge-of.ts';
import { withUsage } from '../../../domain/usage/counted-usage.ts';
import { dollarText } from '../../../domain/usage/dollar-text.ts';
import { judgedWindow } from '../../../domain/usage/quota-state.ts';
import type { JudgedWindow } from '../../../domain/usage/quota-state.ts';
import { quotaWindows } from '../../../domain/usage/quota-window.ts';
import type { QuotaWindow } from '../../../domain/usage/quota-window.ts';
import { usageTold } from '../../../domain/usage/usage-answer.ts';
import type { SkippedRule } from '../../../domain/verdict.ts';
import { subjectOf } from '../grounding-world.ts';
import type { GroundingWorld } from '../grounding-world.ts';
import { chargedAgent, statedUsage } from './stated-usage.ts';

export interface AgentUsage {
  readonly findings: readonly Finding[];
  /** Windows that were counted. */
  readonly windows: number;
  readonly skipped: readonly SkippedRule[];
  /** When windows end that are nearly used up, or more than that (ISO 8601). */
  readonly expiries: readonly string[];
}

/** What an agent has used up of each quota that limits it now. */
export function usageRequests(world: GroundingWorld): readonly RequestOf<'usage-window'>[] {
  return limitsOf(world).map(({ request }) => request);
}

/** Whether a quota is passed, by what was charged before or with what the evidence states now. */
export function agentUsage(world: GroundingWorld): AgentUsage {
  const each = limitsOf(world).map((limit) => usageIn(limit, world));
  return { findings: [...each.flatMap(({ findings }) => findings), ...tooManyAgents(world)], windows: each.reduce((sum, { windows }) => sum + windows, 0), skipped: each.flatMap(({ skipped }) => skipped).slice(0, 1), expiries: each.flatMap(({ expiries }) => expiries) };
}

interface Limit {
  readonly agent: string;
  readonly window: QuotaWindow;
  readonly request: RequestOf<'usage-window'>;
}

/**
 * None where no agent has a hand in the change, and no evidence came. Of whoever is not charged with it the own quotas count, too: who has passed
 * one gets no further by naming somebody else beside themselves.
 */
function limitsOf(world: GroundingWorld): readonly Limit[] {
  const charged = chargedAgent(world);
  if (charged === null || !world.needsEvidence) return [];
  const stated = statedUsage(world);
  const others = otherAgents(world, charged).slice(0, limits.countedAgents);
  return [
    ...windowsOf(world, charged, stated === null ? null : { changeDigest: stated.changeDigest, usageDigest: stated.usageDigest }),
    ...others.flatMap((agent) => windowsOf(world, agent, null).filter(({ window }) => window.scope === 'agent')),
  ];
}

function otherAgents({ hands }: GroundingWorld, charged: string): readonly string[] {
  const all = hands.kind === 'known' ? hands.hands.agents : [];
  return [...new Map(all.map((login) => [foldedLogin(login), login]))].filter(([folded]) => folded !== foldedLogin(charged)).map(([, login]) => login).toSorted(compareText);
}

function windowsOf({ change: { snapshot, configuration } }: GroundingWorld, agent: string, stated: RequestOf<'usage-window'>['stated']): readonly Limit[] {
  const { repository } = snapshot;
  const windows = quotaWindows(configuration, { accountId: repository.account.id, repositoryId: repository.id, agent }, snapshot.now);
  return windows.map((window) => ({ agent, window, request: { kind: 'usage-window', scope: window.scope, agent: foldedLogin(agent), from: window.from, to: window.to, stated } }));
}

/** Of more agents than are counted nobody knows who passed a quota. */
function tooManyAgents(world: GroundingWorld): readonly Finding[] {
  const charged = chargedAgent(world);
  const beyond = charged === null || !world.needsEvidence ? [] : otherAgents(world, charged).slice(limits.countedAgents).filter((agent) => windowsOf(world, agent, null).some(({ window }) => window.scope === 'agent'));
  if (beyond.length === 0) return [];
  return [finding({ code: 'hallucination/not_checkable', subject: subjectOf(world, 'agents'), restsOn: [], message: `${beyond.length} agents more have a hand in this change than quotas are counted of. It is held: a person may release it.`, expected: `at most ${limits.countedAgents + 1} agents`, found: `${beyond.length} more`, next: 'Divide the change, or ask the approvers of tier 3 to look at it.' })];
}

const nothing: AgentUsage = { findings: [], windows: 0, skipped: [], expiries: [] };

function usageIn(limit: Limit, world: GroundingWorld): AgentUsage {
  const told = world.change.evidence.find(limit.request);
  if (told?.kind !== 'answered') return { ...nothing, findings: [uncounted(limit, world, told?.why ?? 'it was not asked')] };
  if (told.value.kind === 'left') return { ...nothing, skipped: [{ rule: 'usage/quota_exceeded', why: leaveToApp('what agents use up is counted there') }] };
  const counted = usageTold(told.value);
  const isStated = limit.request.stated !== null && !told.value.isCharged;
  const more = isStated ? (statedUsage(world)?.usage ?? []) : [];
  const judged = judgedWindow(limit.window, more.reduce((all, usage) => withUsage(all, usage.source, chargeOf(usage)), counted));
  return { ...nothing, windows: 1, findings: judged.state === 'free' ? [] : [spent(judged, limit, world)], expiries: judged.state === 'free' ? [] : [limit.window.to] };
}

function spent({ window, used, state }: JudgedWindow, { agent }: Limit, world: GroundingWorld): Finding {
  const isOver = state === 'exceeded';
  return finding({
    code: isOver ? 'usage/quota_exceeded' : 'usage/quota_near',
    subject: subjectOf(world, windowName(window, agent, world)),
    restsOn: [],
    message: `${sharerOf(window, agent)} used ${amountText(window, used)} of the ${amountText(window, window.limit)} that it may in the ${window.period} that ends at ${window.to} (${window.zone}).${isOver ? ' This change is blocked until then.' : ''}`,
    expected: `at most ${amountText(window, window.limit)}`,
    found: amountText(window, used),
    next: isOver ? 'Wait until the window ends: the change is judged again then. Or raise the quota in the configuration, which people have to approve.' : 'Use less until the window ends, or raise the quota before it is used up.',
  });
}

function uncounted({ window, agent }: Limit, world: GroundingWorld, why: string): Finding {
  return finding({ code: 'hallucination/unverifiable', subject: subjectOf(world, `usage ${windowName(window, agent, world)}`), message: `It could not be counted what ${sharerOf(window, agent)} used in this ${window.period}: ${why}. Nothing in your change caused this.`, expected: 'what is used up of the quota', found: why, next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' });
}

/** That of whoever is charged as it always was. */
function windowName({ scope, measure }: QuotaWindow, agent: string, world: GroundingWorld): string {
  return agent === chargedAgent(world) ? `${scope} ${measure}` : `${scope} ${measure} ${agent}`;
}

function sharerOf({ scope }: QuotaWindow, agent: string): string {
  switch (scope) {
    case 'agent':
      return `The agent ${quoted(agent)}`;
    case 'repository':
      return 'All agents of the repository together';
    case 'organization':
      return 'All agents of the organisation together';
  }
}

function amountText({ measure }: QuotaWindow, amount: bigint): string {
  return measure === 'tokens' ? `${amount} tokens` : dollarText(amount);
}
