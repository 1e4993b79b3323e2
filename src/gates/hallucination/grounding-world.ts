import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { handsOfAgents } from '../../domain/agent-evidence/hands-of-agents.ts';
import type { AgentHands } from '../../domain/agent-evidence/hands-of-agents.ts';
import { contributorsRequest } from '../../domain/approval/electorate.ts';
import type { Evidence } from '../../domain/evidence.ts';
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

/** `unknown`: it could not be told whose hand is in it. */
export type HandsOfChange = { readonly kind: 'known'; readonly hands: AgentHands } | { readonly kind: 'unknown'; readonly why: string };

/** Null: the configuration in force asks nothing of agents, or there is none. */
export function groundingWorld(snapshot: Snapshot, evidence: Evidence): GroundingWorld | null {
  const configuration = snapshot.configuration.effective;
  const settings = configuration === null ? null : groundingSettings(configuration);
  if (configuration === null || settings === null) return null;
  const told = evidence.find(contributorsRequest);
  const hands: HandsOfChange = told?.kind === 'answered' ? { kind: 'known', hands: handsOfAgents(configuration, told.value) } : { kind: 'unknown', why: told?.why ?? 'it was not asked' };
  const sent = sentEvidence(snapshot, settings, evidence);
  const documents = sent.documents.flatMap((one) => (one.kind === 'bound' ? [one.document] : []));
  return {
    settings,
    hands,
    sent,
    needsEvidence: sent.documents.length > 0 || (hands.kind === 'known' && hands.hands.agents.length > 0),
    change: { snapshot, configuration, evidence, documents },
  };
}

/** Whether anything of the change is looked at. */
export function isLookedAt({ hands, needsEvidence }: GroundingWorld): boolean {
  return needsEvidence || (hands.kind === 'known' && hands.hands.excepted.length > 0);
}
