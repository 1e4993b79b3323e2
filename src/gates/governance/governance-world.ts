import type { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import type { BoundItem } from '../../domain/approval/binding.ts';
import { contributorsIn, contributorsRequest, electorateOf, electorateRequests, unreadContributors, votesRequest } from '../../domain/approval/electorate.ts';
import type { Electing, Electorate } from '../../domain/approval/electorate.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Finding } from '../../domain/finding.ts';
import { operatorsOf } from '../../domain/people/operators-of.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { deriveActions } from './derive-actions.ts';
import type { DerivedActions, NamedAction } from './derive-actions.ts';
import type { ChangeToDerive } from './deriver.ts';
import { requiredApprovals } from './root-without-second.ts';
import type { Actors } from './whitelist/match-whitelist.ts';

/** What governance looks at: what the change does, and who is behind it and for it. */
export interface GovernanceWorld {
  readonly snapshot: Snapshot;
  readonly configuration: Configuration;
  readonly evidence: Evidence;
  readonly derived: DerivedActions;
  readonly actors: Actors;
  readonly electorate: Electorate;
  readonly required: ReturnType<typeof approvalCountsOf>;
  /** Held by the gates that judged before, and by what could not be derived. */
  readonly held: readonly Finding[];
  /** On the command line nobody may have said who is behind the change: then only the App can ask what people may do. */
  readonly isAnonymous: boolean;
}

/** The plan of a round and the judgement look at one evidence: it is put together once. */
export function governanceWorld(change: ChangeToDerive): GovernanceWorld {
  const known = remembered.get(change.evidence);
  if (known?.snapshot === change.snapshot) return known;
  const world = buildWorld(change);
  remembered.set(change.evidence, world);
  return world;
}

const remembered = new WeakMap<Evidence, GovernanceWorld>();

function buildWorld(change: ChangeToDerive): GovernanceWorld {
  const { snapshot, configuration, evidence } = change;
  const derived = deriveActions(change);
  const contributors = contributorsIn(evidence);
  const people = contributors?.people ?? [];
  const actors = { people, operators: operatorsOf(configuration, { people }), hasUnknown: contributors === null || contributors.unknown !== null, unread: unreadContributors(evidence) };
  return {
    snapshot,
    configuration,
    evidence,
    derived,
    actors,
    electorate: electorateOf(change),
    required: requiredApprovals({ snapshot, configuration, evidence, derived, actors }),
    held: [...heldFindings(evidence), ...derived.findings.filter((one) => one.severity === 'hold')],
    isAnonymous: snapshot.change.subject.kind === 'range' && contributors !== null && people.length === 0,
  };
}

export function heldFindings(evidence: Evidence): readonly Finding[] {
  return (evidence.verdicts ?? []).flatMap((verdict) => verdict.findings.filter((one) => one.severity === 'hold'));
}

/** Who is behind the change and who is for it: asked only where that could matter. */
export function peopleRequests(change: Electing): readonly ProbeRequest[] {
  const areKnown = change.evidence.has(votesRequest) && change.evidence.has(contributorsRequest);
  return areKnown ? electorateRequests(change) : [votesRequest, contributorsRequest];
}

/** An action as something to approve. */
export function actionItem({ action, name, paths, evidence }: NamedAction): BoundItem {
  return { scope: action, subject: name, paths, evidence };
}
