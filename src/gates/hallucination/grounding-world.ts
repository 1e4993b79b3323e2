import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { handsOfAgents } from '../../domain/agent-evidence/hands-of-agents.ts';
import type { AgentHands } from '../../domain/agent-evidence/hands-of-agents.ts';
import { contributorsRequest } from '../../domain/approval/electorate.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { foldedLogin, isSameLogin } from '../../domain/people/contributor.ts';
import type { UnknownHands } from '../../domain/people/contributor.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { GroundedChange } from './grounded-change.ts';
import { sentEvidence } from './sent-evidence.ts';
import type { SentEvidence } from './sent-evidence.ts';

/** Why a change is looked at, and with what. */
export interface GroundingWorld {
  readonly settings: GroundingSettings;
  readonly hands: HandsOfChange;
  readonly sent: SentEvidence;
  /** Whether evidence is asked for, or came without being asked for: then all of it is judged. */
  readonly needsEvidence: boolean;
  readonly change: GroundedChange;
}

/** `gaps`: why an agent may have a hand in it beside these; empty: everybody is known. `unknown`: it could not be told whose hand is in it. */
export type HandsOfChange = { readonly kind: 'known'; readonly hands: AgentHands; readonly gaps: readonly UnknownHands[] } | { readonly kind: 'unknown'; readonly why: string };

/** Null: the configuration in force asks nothing of agents, or there is none. */
export function groundingWorld(snapshot: Snapshot, evidence: Evidence): GroundingWorld | null {
  const configuration = snapshot.configuration.effective;
  const settings = configuration === null ? null : groundingSettings(configuration);
  if (configuration === null || settings === null) return null;
  const told = evidence.find(contributorsRequest);
  const sent = sentEvidence(snapshot, settings, evidence);
  const hands: HandsOfChange = told?.kind === 'answered' ? { kind: 'known', hands: handsIn(snapshot, handsOfAgents(configuration, told.value), sent), gaps: told.value.unknown ?? [] } : { kind: 'unknown', why: told?.why ?? 'it was not asked' };
  const documents = sent.documents.flatMap((one) => (one.kind === 'bound' ? [one.document] : []));
  return {
    settings,
    hands,
    sent,
    needsEvidence: sent.documents.length > 0 || (hands.kind === 'known' && hands.hands.agents.length > 0),
    change: { snapshot, configuration, evidence, documents },
  };
}

/**
 * Of a merge group it is not told whose hand is in which pull request. An agent that opened one of them is taken to have its hand in that; one
 * that opened none may have it in any, unless evidence came with the one that is looked at.
 */
function handsIn({ change: { author, members, subject } }: Snapshot, { agents, excepted }: AgentHands, { documents }: SentEvidence): AgentHands {
  if (members === undefined || subject.kind !== 'pull-request') return { agents, excepted };
  const openers = new Set(members.map((one) => foldedLogin(one.author)));
  const own = agents.filter((login) => isSameLogin(login, author));
  return { agents: own.length > 0 || documents.length > 0 ? own : agents.filter((login) => !openers.has(foldedLogin(login))), excepted };
}

/** What tells a finding about no path from that of another pull request of a merge group: the same where it is judged alone. */
export function subjectOf({ change: { snapshot } }: Pick<GroundingWorld, 'change'>, subject: string): string {
  const { subject: about } = snapshot.change;
  return about.kind === 'pull-request' ? `#${about.number} ${subject}` : subject;
}

/** Whether anything of the change is looked at. */
export function isLookedAt({ hands, needsEvidence }: GroundingWorld): boolean {
  return needsEvidence || (hands.kind === 'known' && hands.hands.excepted.length > 0);
}

/**
 * Why nobody knows whether evidence has to be asked for; null where that is known, or it is asked for anyway. Where nobody could be asked whose
 * hand is in it, no evidence helps: whose quotas count is not known either. On a command line nobody is there to ask,
 * which is said and decides nothing: the App asks.
 */
export function doubtAboutHands({ hands, needsEvidence }: GroundingWorld): { readonly kind: UnknownHands['kind'] | 'unread'; readonly why: string } | null {
  if (hands.kind === 'unknown') return { kind: 'unread', why: hands.why };
  if (needsEvidence) return null;
  return hands.gaps.find(({ kind }) => kind === 'unseen') ?? hands.gaps[0] ?? null;
}
