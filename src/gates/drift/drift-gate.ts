import { isStrict } from '../../domain/behavior/is-strict.ts';
import { sideRequest } from '../../domain/document/read-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AwaitedSamples } from '../../domain/sample/awaited-samples.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { OlderBehavior, Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { SkippedRule, Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import { pathsOf } from './asked-behavior.ts';
import type { AskedBehavior } from './asked-behavior.ts';
import type { BaseBehavior } from './base-behaviors.ts';
import { baseBehaviors, behaviorFiles, configuredStrictness } from './base-behaviors.ts';
import { behaviorFindings } from './behavior-findings.ts';
import { brokenBehavior } from './broken-behavior.ts';
import { environmentState, stateRequest } from './environment-state.ts';
import { behaviorRequests, judgeOfChange } from './judged-behavior.ts';
import type { BehaviorOfChange, JudgedBehavior } from './judged-behavior.ts';
import { mayLackSamples } from './may-lack-samples.ts';
import { readingOf } from './reading-request.ts';

/**
 * Judges whether the system still does what was agreed. Behaviours, and all that they name, are read at the base. Those of the
 * scope `change` decide; of the others the last state is told.
 */
export const driftGate: Gate = { name: 'drift', plan, evaluate, expiries };

function plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const world = worldOf(snapshot, evidence);
  const files = world.base.flatMap(({ file, older }) => [sideRequest(file.base), older === null ? null : sideRequest(older.side)]).filter((request) => request !== null);
  const mended = world.base.flatMap(({ file, at, older }) => ((at.kind === 'invalid' || older !== null) && file.changed ? [sideRequest(file.head)] : [])).filter((request) => request !== null);
  return [...files, ...mended, ...world.ofChange.flatMap((one) => behaviorRequests(one, world.files, evidence)), ...world.environment.map((name) => stateRequest(name))];
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const world = worldOf(snapshot, evidence);
  const judged = world.ofChange.map((one) => judgeOfChange(one, world.files, evidence, snapshot.now));
  const states = world.environment.map((name) => environmentState(world.base, name, evidence));
  const findings = [...world.base.flatMap((one) => brokenBehavior(one, snapshot.base, evidence)), ...judged.flatMap((one) => findingsOf(one, world, snapshot)), ...states.flatMap(({ finding }) => (finding === null ? [] : [finding]))];
  return verdictOf({
    gate: 'drift',
    applies: judged.length > 0 || findings.length > 0,
    findings,
    evaluated: judged.map(({ verdict }) => ({ rule: `the behaviour ${verdict.behavior}`, subjects: Math.max(verdict.metrics.length, 1) })),
    skipped: [...nothing(world), ...states.flatMap(({ skipped }) => (skipped === null ? [] : [skipped]))],
    covered: coveredBy(snapshot, world),
    ...awaitedBy(judged, snapshot),
  });
}

/** What only observes is not waited for, nor what a person may let pass. */
function awaitedBy(judged: readonly JudgedBehavior[], snapshot: Snapshot): Pick<Verdict, 'awaits'> {
  const awaits = judged.flatMap(({ asked: { behavior, path }, reading, verdict }): readonly AwaitedSamples[] => {
    if (behavior.source.kind !== 'github-actions' || reading.kind !== 'no-samples' || reading.awaited !== true || !verdict.decides || mayLackSamples(snapshot, behavior.source)) return [];
    return [{ behavior: behavior.name, path, waitFor: behavior.source.waitFor }];
  });
  return awaits.length === 0 ? {} : { awaits };
}

/** An answer grows old. */
function expiries(snapshot: Snapshot, evidence: Evidence): readonly string[] {
  const world = worldOf(snapshot, evidence);
  return world.ofChange.flatMap(({ asked }) => {
    const reading = readingOf(asked, evidence);
    const end = reading.kind === 'answered' ? new Date(Date.parse(reading.observedAt) + asked.behavior.maxAge) : null;
    return end === null || Number.isNaN(end.getTime()) || end.toISOString() <= snapshot.now ? [] : [end.toISOString()];
  });
}

interface World {
  readonly base: readonly BaseBehavior[];
  readonly ofChange: readonly BehaviorOfChange[];
  /** Names of behaviours that are judged on schedule. */
  readonly environment: readonly string[];
  readonly files: ReadonlyMap<string, SnapshotFile>;
}

function worldOf(snapshot: Snapshot, evidence: Evidence): World {
  const configuration = snapshot.configuration.effective;
  const files = new Map(snapshot.files.map((file) => [file.path, file]));
  if (configuration === null) return { base: [], ofChange: [], environment: [], files };
  const base = baseBehaviors(behaviorFiles(snapshot, configuration), snapshot.olderBehaviors ?? [], evidence);
  const strictness = configuredStrictness(snapshot.configuration, configuration);
  const ofChange = base.flatMap(({ file, at, older }): readonly BehaviorOfChange[] => {
    if (at.kind !== 'behavior' || at.behavior.scope !== 'change') return [];
    const { behavior, path, blob } = at;
    return [{ file, asked: { behavior, path, blob, sideOf: sideOf(older, files), strict: isStrict(behavior, strictness), base: snapshot.base, head: snapshot.head } }];
  });
  return { base, ofChange, environment: base.flatMap(({ at }) => (at.kind === 'behavior' && at.behavior.scope === 'environment' ? [at.behavior.name] : [])), files };
}

/** What an older behaviour names is read where it stands: what was agreed later was agreed about another one. */
function sideOf(older: OlderBehavior | null, files: World['files']): AskedBehavior['sideOf'] {
  return (path) => (older === null ? (files.get(path)?.base ?? null) : (older.named.find((one) => one.path === path) ?? null));
}

function findingsOf(judged: JudgedBehavior, { base }: World, snapshot: Snapshot): readonly Finding[] {
  const at = base.find(({ file }) => file === judged.file)?.at;
  return at?.kind === 'behavior' ? behaviorFindings(judged, at.document, mayLackSamples(snapshot, judged.asked.behavior.source)) : [];
}

function nothing({ base }: World): readonly SkippedRule[] {
  return base.length > 0 ? [] : [{ rule: 'drift/*', why: 'the base has no file that `drift.behaviors` of its configuration names' }];
}

function coveredBy(snapshot: Snapshot, { base, ofChange }: World): readonly string[] {
  const read = new Set([...base.map(({ file }) => file.path), ...ofChange.flatMap(({ asked }) => pathsOf(asked))]);
  return changedFiles(snapshot).map(({ path }) => path).filter((path) => read.has(path)).toSorted();
}
