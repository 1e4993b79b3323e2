import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';
import type { AskedBehavior } from './asked-behavior.ts';
import { countedReading } from './counted-reading.ts';
import { judgeBehavior } from './judge-behavior.ts';
import type { BehaviorVerdict } from '../../domain/behavior/behavior-verdict.ts';
import { measurementOf, measurementRequests } from './measurement-of.ts';
import { headRequest, withOwnBaselines } from './own-baselines.ts';
import { ownReading } from './own-differences.ts';
import { readingOf } from './reading-request.ts';

/** A behaviour of the base that decides about the change. */
export interface BehaviorOfChange {
  readonly asked: AskedBehavior;
  readonly file: SnapshotFile;
}

export interface JudgedBehavior extends BehaviorOfChange {
  readonly verdict: BehaviorVerdict;
  /** Without what the change has no part in. */
  readonly reading: SourceReading;
  /** Differences that stood in the base, and decide nothing. */
  readonly standing: readonly JsonObject[];
  /** Whether it passes by baselines that the change itself brings, and only by these. */
  readonly passesByOwn: boolean;
}

export function behaviorRequests({ asked, file }: BehaviorOfChange, files: ReadonlyMap<string, SnapshotFile>, evidence: Evidence): readonly ProbeRequest[] {
  const head = headRequest(file);
  const own = withOwnBaselines(asked, file, files, evidence);
  return [...measurementRequests(asked, evidence), ...(head === null ? [] : [head]), ...(own === null ? [] : measurementRequests(own, evidence))];
}

export function judgeOfChange(wanted: BehaviorOfChange, files: ReadonlyMap<string, SnapshotFile>, evidence: Evidence, now: string): JudgedBehavior {
  const { asked, file } = wanted;
  const { reading, standing } = ownReading(asked.behavior, countedReading(readingOf(asked, evidence), files), files);
  const verdict = judgeBehavior({ ...measurementOf(asked, evidence, now), reading });
  const own = isAgainstBaseline(verdict) ? withOwnBaselines(asked, file, files, evidence) : null;
  const passesByOwn = own !== null && judgeBehavior({ ...measurementOf(own, evidence, now), reading }).kind === 'pass';
  return { ...wanted, verdict, reading, standing, passesByOwn };
}

/** Whether it is the baseline of the base that it is measured against in vain: it drifted, or was made by something else. */
function isAgainstBaseline({ kind, reasons }: BehaviorVerdict): boolean {
  return kind === 'drift' || (reasons.length > 0 && reasons.every(({ code }) => code === 'drift/generator_changed'));
}
