import type { BehaviorAt } from '../domain/behavior/behavior-at.ts';
import { behaviorsIn } from '../domain/behavior/behaviors-in.ts';
import type { Behavior } from '../domain/behavior/behavior.ts';
import { isStrict } from '../domain/behavior/is-strict.ts';
import { behaviorGlobsOf } from '../domain/configuration/own-paths.ts';
import { sideRequest } from '../domain/document/read-side.ts';
import { Evidence } from '../domain/evidence.ts';
import type { ProbeRequest } from '../domain/evidence.ts';
import { compileGlob } from '../domain/glob/glob.ts';
import { limits } from '../domain/limits.ts';
import type { Position } from '../domain/position.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Tree } from '../domain/tree.ts';
import type { AskedBehavior } from '../gates/drift/asked-behavior.ts';
import { configuredStrictness } from '../gates/drift/base-behaviors.ts';
import { judgeBehavior } from '../gates/drift/judge-behavior.ts';
import type { BehaviorVerdict } from '../domain/behavior/behavior-verdict.ts';
import type { BehaviorMeasurement } from '../gates/drift/measure-behavior.ts';
import { measurementOf, measurementRequests } from '../gates/drift/measurement-of.ts';
import type { Clock, Prober } from './ports.ts';

export interface BehaviorsToMeasure {
  /** Whole, of the commit whose behaviours and baselines count. */
  readonly tree: Tree;
  /** In force there. */
  readonly configuration: ConfigurationState;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly isWanted: (behavior: Behavior) => boolean;
  /** Told before a source is asked. */
  readonly progress?: (behavior: Behavior) => void;
}

export type MeasuredNow =
  /** `begunAt`: before its source was asked. Instants are ISO 8601. */
  | { readonly kind: 'measured'; readonly path: string; readonly behavior: Behavior; readonly begunAt: string; readonly measurement: BehaviorMeasurement; readonly verdict: BehaviorVerdict }
  /** No behaviour can be read there. */
  | { readonly kind: 'broken'; readonly path: string; readonly place: Position | null; readonly why: string };

/** Asks the sources of behaviours how the system is now, and judges each as the gate would. A source that breaks stops no other one. */
export async function measureBehaviors(wanted: BehaviorsToMeasure): Promise<readonly MeasuredNow[]> {
  const { tree, prober, configuration } = wanted;
  const { effective } = configuration;
  if (effective === null) return [];
  const globs = behaviorGlobsOf(effective.document).map((glob) => compileGlob(glob));
  const files = tree.entries.filter(({ path }) => globs.some((glob) => glob.matches(path))).map((side) => ({ path: side.path, side }));
  const read = await settle(() => files.map(({ side }) => sideRequest(side)).filter((request) => request !== null), prober, new Evidence());
  const sides = new Map(tree.entries.map((entry) => [entry.path, entry]));
  const strictness = configuredStrictness(configuration, effective);
  const measured: MeasuredNow[] = [];
  for (const at of behaviorsIn(files, read)) {
    if (at.kind !== 'behavior') measured.push({ kind: 'broken', path: at.path, place: at.kind === 'invalid' ? at.place : null, why: at.why });
    else if (wanted.isWanted(at.behavior)) measured.push(await measureOne(at, { ...asOf(tree), sideOf: (path) => sides.get(path) ?? null, strict: isStrict(at.behavior, strictness) }, wanted));
  }
  return measured;
}

function asOf({ commit }: Tree): Pick<AskedBehavior, 'base' | 'head'> {
  return { base: commit, head: null };
}

async function measureOne({ path, blob, behavior }: Extract<BehaviorAt, { kind: 'behavior' }>, rest: Omit<AskedBehavior, 'behavior' | 'path' | 'blob'>, { prober, clock, progress }: BehaviorsToMeasure): Promise<MeasuredNow> {
  progress?.(behavior);
  const begunAt = clock.now().toISOString();
  const asked = { behavior, path, blob, ...rest };
  const evidence = await settle((before) => measurementRequests(asked, before), prober, new Evidence());
  const measurement = measurementOf(asked, evidence, clock.now().toISOString());
  return { kind: 'measured', path, behavior, begunAt, measurement, verdict: judgeBehavior(measurement) };
}

/** What is still open after the last round stays so, and is no signal. */
async function settle(plan: (evidence: Evidence) => readonly ProbeRequest[], prober: Prober, before: Evidence): Promise<Evidence> {
  let evidence = before;
  for (let round = 0; round < limits.probeRounds; round += 1) {
    const requests = plan(evidence).filter((request) => !evidence.has(request));
    if (requests.length === 0) return evidence;
    evidence = await prober.answer(requests, evidence);
  }
  return evidence;
}
