import type { Behavior } from '../../domain/behavior/behavior.ts';
import { isStrict } from '../../domain/behavior/is-strict.ts';
import { sideRequest } from '../../domain/document/read-side.ts';
import { Evidence, keyOf } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/evidence.ts';
import { limits } from '../../domain/limits.ts';
import type { ConfigurationState, SnapshotFile } from '../../domain/snapshot.ts';
import type { Sha, Tree } from '../../domain/tree.ts';
import type { AskedBehavior } from '../../gates/drift/asked-behavior.ts';
import { baseBehaviors, configuredStrictness } from '../../gates/drift/base-behaviors.ts';
import type { BaseBehavior } from '../../gates/drift/base-behaviors.ts';
import { judgeBehavior } from '../../gates/drift/judge-behavior.ts';
import type { BehaviorVerdict } from '../../gates/drift/judge-behavior.ts';
import { measurementOf, measurementRequests } from '../../gates/drift/measurement-of.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import type { Prober } from '../ports.ts';

/** A commit whose behaviours are measured as they are now: the tip of a default branch, or a working copy's. */
export interface CommitToMeasure {
  readonly commit: Sha;
  readonly tree: Tree;
  readonly configuration: ConfigurationState;
  /** Which of its behaviours. */
  readonly isWanted: (behavior: Behavior) => boolean;
  /** ISO 8601. */
  readonly now: () => string;
}

export interface MeasuredBehavior {
  readonly behavior: Behavior;
  readonly path: string;
  readonly verdict: BehaviorVerdict;
}

export interface MeasuredCommit {
  readonly measured: readonly MeasuredBehavior[];
  /** Files of behaviours of which none can be read. */
  readonly broken: readonly { readonly path: string; readonly why: string }[];
  /** Names of all behaviours that it has, wanted or not. */
  readonly names: readonly string[];
}

/** Asks sources once for each behaviour, and judges what they answered. What can not be known is no signal, never a pass. */
export async function measureCommit(prober: Prober, wanted: CommitToMeasure): Promise<MeasuredCommit> {
  const { evidence, isSettled } = await settle(prober, (known) => requestsOf(wanted, known));
  const base = behaviorsOf(wanted, evidence);
  const now = wanted.now();
  // What still asked would be measured by half of what it needs.
  const measured = isSettled ? askedOf(wanted, base).map((asked) => ({ behavior: asked.behavior, path: asked.path, verdict: judgeBehavior(measurementOf(asked, evidence, now)) })) : [];
  const unsettled = isSettled ? [] : [{ path: '', why: `behaviours still asked after ${limits.probeRounds} rounds` }];
  const broken = base.flatMap(({ at }) => (at.kind === 'behavior' ? [] : [{ path: at.path, why: at.why }]));
  return { measured, broken: [...broken, ...unsettled], names: base.flatMap(({ at }) => (at.kind === 'behavior' ? [at.behavior.name] : [])) };
}

function requestsOf(wanted: CommitToMeasure, evidence: Evidence): readonly ProbeRequest[] {
  const files = filesOf(wanted).map(({ base }) => sideRequest(base)).filter((request) => request !== null);
  return [...files, ...askedOf(wanted, behaviorsOf(wanted, evidence)).flatMap((asked) => measurementRequests(asked, evidence))];
}

function behaviorsOf(wanted: CommitToMeasure, evidence: Evidence): readonly BaseBehavior[] {
  return baseBehaviors(filesOf(wanted), evidence);
}

/** Behaviour files, as a change that changes nothing has them. */
function filesOf({ tree, configuration: { effective } }: CommitToMeasure): readonly SnapshotFile[] {
  if (effective === null) return [];
  const files = tree.entries.filter(({ path }) => ownKindsOf(effective, path).includes('behavior'));
  return files.map(({ path, ...side }) => ({ path, mergeBase: side, base: side, head: side, changed: false, roles: ['own'] }));
}

function askedOf({ commit, tree, configuration, isWanted }: CommitToMeasure, base: readonly BaseBehavior[]): readonly AskedBehavior[] {
  const { effective } = configuration;
  if (effective === null) return [];
  const sides = new Map(tree.entries.map(({ path, ...side }) => [path, side]));
  const strictness = configuredStrictness(configuration, effective);
  return base.flatMap(({ at }) => {
    if (at.kind !== 'behavior' || !isWanted(at.behavior)) return [];
    const { behavior, path, blob } = at;
    return [{ behavior, path, blob, sideOf: (named: string) => sides.get(named) ?? null, strict: isStrict(behavior, strictness), base: commit, head: null }];
  });
}

/** Until nothing new is asked. */
async function settle(prober: Prober, plan: (evidence: Evidence) => readonly ProbeRequest[]): Promise<{ readonly evidence: Evidence; readonly isSettled: boolean }> {
  let evidence = new Evidence();
  for (let round = 0; ; round += 1) {
    const known = evidence;
    const requests = [...new Map(plan(known).filter((request) => !known.has(request)).map((request) => [keyOf(request), request])).values()];
    if (requests.length === 0) return { evidence, isSettled: true };
    if (round === limits.probeRounds) return { evidence, isSettled: false };
    evidence = await prober.answer(requests, evidence);
  }
}
