import { calibratedConfidence } from '../../domain/calibration/calibrated-confidence.ts';
import type { CalibratedConfidence } from '../../domain/calibration/calibrated-confidence.ts';
import type { CalibrationLabels } from '../../domain/calibration/calibration-labels.ts';
import type { VerificationRecord } from '../../domain/agent-evidence/verification-record.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { foldedLogin } from '../../domain/people/contributor.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { GroundingWorld } from './grounding-world.ts';

/** What became of earlier changes of each agent with a hand in this one. */
export function confidenceRequests({ hands }: Pick<GroundingWorld, 'hands'>): readonly RequestOf<'calibration'>[] {
  return agentsIn(hands).map(requestFor);
}

/**
 * What the confidence that is reported counts as: of several agents that of the one that is trusted least. Where it is not known what became of earlier
 * changes, it counts as that of somebody of whom nothing is known.
 */
export function confidenceOf({ hands, settings, change }: Pick<GroundingWorld, 'hands' | 'settings' | 'change'>, selfReport: number): VerificationRecord['confidence'] {
  const agents = agentsIn(hands);
  const known = agents.length === 0 ? [nobody] : agents.map((agent) => labelsOf(change.evidence, agent));
  const each = known.map((labels) => calibratedConfidence({ selfReport, labels, minConfidence: settings.minConfidence }));
  const { calibrated, labels } = each.reduce((least, one) => (isLess(one, least) ? one : least));
  return { self_reported: selfReport, calibrated, n_labels: labels, ...(agents.length === 0 ? {} : { agents }) };
}

const nobody: CalibrationLabels = { scores: [], repository: { labels: 0, good: 0 } };

function isLess(one: CalibratedConfidence, other: CalibratedConfidence): boolean {
  return one.calibrated < other.calibrated || (one.calibrated === other.calibrated && one.labels < other.labels);
}

function labelsOf(evidence: Evidence, agent: string): CalibrationLabels {
  const told = evidence.find(requestFor(agent));
  return told?.kind === 'answered' ? told.value : nobody;
}

function requestFor(agent: string): RequestOf<'calibration'> {
  return { kind: 'calibration', agent: foldedLogin(agent) };
}

function agentsIn(hands: GroundingWorld['hands']): readonly string[] {
  return hands.kind === 'known' ? [...new Map(hands.hands.agents.map((login) => [foldedLogin(login), login])).values()].toSorted() : [];
}
