import { reasonInWords, saysExpected } from '../../domain/behavior/reason-in-words.ts';
import type { NoMeasure } from '../../domain/behavior/source-reading.ts';
import type { Position } from '../../domain/position.ts';
import type { Document } from '../../domain/document/document.ts';
import { pointerBelow } from '../../domain/document/pointer.ts';
import { voteLine } from '../../domain/command/vote-line.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Severity } from '../../domain/severity.ts';
import { shortened } from '../../domain/behavior/shortened.ts';
import type { JudgedBehavior } from './judged-behavior.ts';
import { managedFileFinding } from './managed-file-finding.ts';
import { differencesIn } from './own-differences.ts';
import { inWords } from '../../domain/behavior/in-words.ts';
import type { JudgedMetric } from '../../domain/behavior/behavior-verdict.ts';
import { openInterval } from '../../domain/behavior/measured.ts';
import type { Measured } from '../../domain/behavior/measured.ts';

/** What is told of a behaviour that decides about the change. What only observes decides nothing. */
export function behaviorFindings(judged: JudgedBehavior, document: Document, mayLackSamples: boolean): readonly Finding[] {
  const { verdict, reading, passesByOwn } = judged;
  const telling: Telling = { path: judged.file.path, judged, document, severity: verdict.decides ? null : 'notice' };
  if (reading.kind === 'no-samples' && mayLackSamples && verdict.decides) return [samplesMissing(telling, reading.why)];
  const reasons = verdict.reasons.map((reason) => unmeasured(telling, reason, passesByOwn && verdict.decides ? 'hold' : telling.severity));
  const metrics = verdict.metrics.flatMap((metric) => metricFindings(telling, metric, passesByOwn));
  const standing = judged.standing.map((difference) => managedFileFinding(difference, { behavior: verdict.behavior, critical: false, decides: 'stood' }));
  return [...fixtureUsed(telling), ...ownWorkflow(judged), ...reasons, ...metrics, ...standing];
}

/** Whatever it says: nobody has looked at what says it. */
function ownWorkflow({ asked, reading, verdict }: JudgedBehavior): readonly Finding[] {
  if (reading.kind !== 'answered' || reading.madeBy === undefined || !verdict.decides) return [];
  const { path } = reading.madeBy;
  const line = asked.head === null ? '' : `: \`${voteLine('approve', 'workflow.change', asked.head)}\``;
  return [
    finding({
      code: 'drift/own_workflow',
      path,
      line: 1,
      column: 1,
      message: `The behaviour ${quoted(asked.behavior.name)} was measured by ${quoted(path)} as this change has it, not as the base does. It is held: a person may release it.`,
      expected: 'a workflow that the base has, or that people approved',
      found: 'the workflow of this change',
      next: `Ask the approvers of tier 3 to look at how it measures, and to approve the workflow${line}. Or change it in a pull request of its own.`,
      subject: asked.behavior.name,
    }),
  ];
}

interface Telling {
  readonly path: string;
  readonly judged: JudgedBehavior;
  readonly document: Document;
  /** Null: as the code declares it. */
  readonly severity: Severity | null;
}

function metricFindings(telling: Telling, { name, critical, measured }: JudgedMetric, passesByOwn: boolean): readonly Finding[] {
  switch (measured.verdict) {
    case 'pass':
      return [];
    case 'drift':
      return ofFiles(telling, name, critical) ?? [drifted(telling, name, critical, measured, passesByOwn)];
    case 'inconclusive':
      return [told(telling, { code: measured.needsMore ? 'drift/too_few_samples' : 'drift/no_signal', metric: name, what: `could not be judged: ${shortened(measured.why)}`, ...sidesOf(measured), next: openNext, severity: telling.severity })];
  }
}

/** One for each managed file that differs. Null of a metric that compares something else. */
function ofFiles({ judged: { asked, reading, verdict } }: Telling, name: string, critical: boolean): readonly Finding[] | null {
  const { source, metrics } = asked.behavior;
  if (source.kind !== 'repository-files' || metrics.find((form) => form.name === name)?.kind !== 'differences') return null;
  return differencesIn(reading).map((difference) => managedFileFinding(difference, { behavior: verdict.behavior, critical, decides: verdict.decides ? 'yes' : 'observed' }));
}

function drifted(telling: Telling, name: string, critical: boolean, measured: Measured, passesByOwn: boolean): Finding {
  const isHeld = passesByOwn && telling.severity === null;
  const what = `${critical ? 'is critical and ' : ''}is no longer as agreed: ${shortened(measured.why)}`;
  const own = isHeld ? ' By the baseline that this change brings it passes. It is held: a person may release it.' : '';
  const next = isHeld ? 'Ask the approvers of tier 3 to look at the new baseline and at what it is measured from.' : 'Change the code until it is as agreed again. If the difference is meant, record another baseline in this change: people decide about it then.';
  return told(telling, { code: 'drift/detected', metric: name, what: `${what}${own}`, ...sidesOf(measured), next, severity: isHeld ? 'hold' : telling.severity });
}

/** What was measured with its interval, and what is tolerated: of missing answers a share, of everything else a difference from what was agreed. */
function sidesOf({ method, estimate, interval, tolerated, confidence }: Measured): Pick<FindingInput, 'found' | 'expected'> {
  const what = method === 'fisher' ? 'a share of' : 'a difference of';
  const found = estimate === null ? null : `${what} ${inWords(estimate)}`;
  const bounds = interval === openInterval ? '' : `${inWords(interval)} at ${inWords(confidence * 100)} % for each bound`;
  return {
    ...(found === null && bounds === '' ? {} : { found: found === null ? `${what} ${bounds}` : `${found}${bounds === '' ? '' : ` (${bounds})`}` }),
    ...(tolerated === openInterval ? {} : { expected: `${what} ${inWords(tolerated)}` }),
  };
}

const openNext = 'Take more samples, or correct what sends them. Plumbline tries again by itself.';

function unmeasured(telling: Telling, { code, metric, found, expected }: NoMeasure, severity: Severity | null): Finding {
  const held = severity === 'hold' ? ' By the baseline that this change brings it passes. It is held: a person may release it.' : '';
  const next = severity === 'hold' ? 'Ask the approvers of tier 3 to look at the new baseline and at what it is measured from.' : nextOf[code];
  return told(telling, { code, metric, what: `could not be measured: ${reasonInWords({ found, expected })}.${held}`, ...(saysExpected(found) ? {} : { found: shortened(found), expected: shortened(expected) }), next, severity });
}

const nextOf: Readonly<Record<NoMeasure['code'], string>> = {
  'drift/no_signal': 'Whoever owns the behaviour lets its source answer. Plumbline tries again by itself.',
  'drift/stale': 'Measure again. Plumbline looks again by itself.',
  'drift/too_few_samples': 'Take more samples. Plumbline looks again by itself.',
  'drift/generator_changed': 'Measure with what the behaviour names, or record a baseline with the new one: people decide about it then.',
};

function fixtureUsed(telling: Telling): readonly Finding[] {
  const { fixtureFor } = telling.judged.verdict;
  const [reason] = fixtureFor;
  if (reason === undefined) return [];
  const what = `was measured by its fixture, which decides nothing, since its source gave no signal: ${reasonInWords(reason)}.`;
  return [told(telling, { code: 'drift/fixture_used', metric: null, what, found: shortened(reason.found), expected: shortened(reason.expected), next: 'Let the source answer; with `strict: true` nothing stands for it.', severity: null })];
}

function samplesMissing(telling: Telling, why: string): Finding {
  const what = `has no samples of this commit: ${shortened(why)}. It is held: a person may release it.`;
  return told(telling, { code: 'drift/samples_missing', metric: null, what, expected: 'samples of this commit', found: 'none', next: 'Ask the approvers of tier 3 to look at what it does, or send samples from a branch of this repository.', severity: null });
}

interface Told extends Pick<FindingInput, 'found' | 'expected' | 'next'> {
  readonly code: FindingCode;
  /** Null: of the behaviour as a whole. */
  readonly metric: string | null;
  readonly what: string;
  readonly severity: Severity | null;
}

/** A yes is bound to all that changes: what is measured may come from any of it. */
function told({ path, judged, document }: Telling, { code, metric, what, severity, ...rest }: Told): Finding {
  const { name } = judged.asked.behavior;
  return finding({
    code,
    ...(severity === null ? {} : { severity }),
    path,
    ...(judged.file.head?.blob === judged.asked.blob ? placeOf(judged, document, metric) : {}),
    message: `${metric === null ? 'The behaviour' : `${quoted(metric)} of the behaviour`} ${quoted(name)} ${what}${severity === 'notice' ? ' It only observes, and decides nothing.' : ''}`,
    ...rest,
    subject: `${name} ${metric ?? ''}`,
    restsOn: [],
  });
}

function placeOf({ asked }: JudgedBehavior, document: Document, metric: string | null): Position {
  const index = asked.behavior.metrics.findIndex(({ name }) => name === metric);
  return document.positionOf(index === -1 ? '/name' : pointerBelow('/metrics', index));
}
