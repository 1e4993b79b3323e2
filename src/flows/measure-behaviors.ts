import type { BehaviorAt } from '../domain/behavior/behavior-at.ts';
import { behaviorFiles } from '../domain/behavior/behavior-files.ts';
import { behaviorsIn } from '../domain/behavior/behaviors-in.ts';
import type { Behavior } from '../domain/behavior/behavior.ts';
import { isStrict } from '../domain/behavior/is-strict.ts';
import { sideRequest } from '../domain/document/read-side.ts';
import { Evidence } from '../domain/evidence.ts';
import type { ProbeRequest } from '../domain/probe-request.ts';
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
import { inTime } from './in-time.ts';
import type { Clock } from './ports/clock.ts';
import type { Prober } from './ports/prober.ts';

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
  /** Asked after all others: what gave no answer before may take its whole time again. */
  readonly isLast?: (behavior: Behavior) => boolean;
  /** Milliseconds for one behaviour, and after which no other one is begun with. Left out: a minute, and none. */
  readonly eachMs?: number;
  readonly allMs?: number;
}

/** Behaviours that are measured at the same time: each may take its whole time. */
const atOnce = 4;
const usualEachMs = 60_000;

export type MeasuredNow =
  /** `begunAt`: before its source was asked, ISO 8601. `trouble`: what of our own machinery, or of GitHub, kept it from being measured; null: nothing did. */
  | { readonly kind: 'measured'; readonly path: string; readonly behavior: Behavior; readonly begunAt: string; readonly trouble: string | null; readonly measurement: BehaviorMeasurement; readonly verdict: BehaviorVerdict }
  /** No behaviour can be read there. `isUnread`: its file was not read this time, and may be a behaviour. */
  | { readonly kind: 'broken'; readonly path: string; readonly place: Position | null; readonly why: string; readonly isUnread: boolean };

/** Asks the sources of behaviours how the system is now, some at a time, and judges each as the gate would. A source that breaks, or takes too long, stops no other one. */
export async function measureBehaviors(wanted: BehaviorsToMeasure): Promise<readonly MeasuredNow[]> {
  const { tree, prober, configuration } = wanted;
  const { effective } = configuration;
  if (effective === null) return [];
  const files = behaviorFiles(tree.entries, effective).map((side) => ({ path: side.path, side }));
  const read = await settle(() => files.map(({ side }) => sideRequest(side)).filter((request) => request !== null), prober, new Evidence());
  const sides = new Map(tree.entries.map((entry) => [entry.path, entry]));
  const strictness = configuredStrictness(configuration, effective);
  const found = behaviorsIn(files, read);
  const measured = new Map<BehaviorAt, MeasuredNow>();
  for (const at of found) if (at.kind !== 'behavior') measured.set(at, { kind: 'broken', path: at.path, place: at.kind === 'invalid' ? at.place : null, why: at.why, isUnread: at.kind === 'unavailable' });
  const isLast = (at: ReadBehavior): number => (wanted.isLast?.(at.behavior) === true ? 1 : 0);
  const pending = found.filter((at) => at.kind === 'behavior').filter(({ behavior }) => wanted.isWanted(behavior)).toSorted((a, b) => isLast(a) - isLast(b));
  const over = wanted.allMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + wanted.allMs;
  const work = async (): Promise<void> => {
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      measured.set(at, await measureOne(at, { ...asOf(tree), sideOf: (path) => sides.get(path) ?? null, strict: isStrict(at.behavior, strictness) }, wanted, performance.now() >= over));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.flatMap((at) => measured.get(at) ?? []);
}

type ReadBehavior = Extract<BehaviorAt, { readonly kind: 'behavior' }>;

function asOf({ commit }: Tree): Pick<AskedBehavior, 'base' | 'head'> {
  return { base: commit, head: null };
}

async function measureOne({ path, blob, behavior }: ReadBehavior, rest: Omit<AskedBehavior, 'behavior' | 'path' | 'blob'>, { prober, clock, progress, eachMs = usualEachMs }: BehaviorsToMeasure, isOver: boolean): Promise<MeasuredNow> {
  progress?.(behavior);
  const begunAt = clock.now().toISOString();
  const asked = { behavior, path, blob, ...rest };
  const settled = isOver ? null : await inTime(eachMs, settle((before) => measurementRequests(asked, before), prober, new Evidence()));
  const evidence = settled ?? new Evidence();
  const known = measurementOf(asked, evidence, clock.now().toISOString());
  const measurement: BehaviorMeasurement = settled === null ? { ...known, reading: { kind: 'no-signal', why: isOver ? 'there was no time left to ask its source' : `its source gave no answer within ${eachMs / 1000} s` } } : known;
  const trouble = measurementRequests(asked, evidence).flatMap((request) => {
    const answer = evidence.find(request);
    return answer?.kind === 'unavailable' ? [answer.why] : [];
  });
  return { kind: 'measured', path, behavior, begunAt, trouble: trouble[0] ?? null, measurement, verdict: judgeBehavior(measurement) };
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
