import { reasonInWords } from '../domain/behavior/reason-in-words.ts';
import type { NoMeasure } from '../domain/behavior/source-reading.ts';
import { inWords } from '../domain/behavior/in-words.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { terminalText } from './escape.ts';

/** A baseline that was recorded, or refused. */
export interface ShownRecording {
  /** Of the behaviour's file. */
  readonly path: string;
  readonly behavior: string;
  readonly metrics: readonly ShownRecordedMetric[];
  /** How often all metrics pass when nothing changed, and how often they have to: shares. */
  readonly passes: number;
  readonly least: number;
  readonly isRefused: boolean;
  /** Files that were written. */
  readonly written: readonly string[];
}

export interface ShownRecordedMetric {
  readonly name: string;
  readonly baseline: JsonValue | null;
  readonly file: string | null;
  readonly size: number | null;
  readonly chances: { readonly pass: number; readonly drift: number; readonly inconclusive: number } | null;
}

export function recordedPretty(shown: ShownRecording): string {
  const lines = [
    ...shown.metrics.map(metricLine),
    '',
    `P(pass | unchanged) of ${terminalText(shown.behavior)}: ${percent(shown.passes)}`,
    ...shown.written.map((file) => `Wrote ${terminalText(file)}.`),
    ...(shown.isRefused ? [] : shown.metrics.flatMap((metric) => inlineLine(shown.path, metric))),
    ...(shown.isRefused ? [refusal(shown)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

export function unmeasuredPretty(behavior: string, reasons: readonly NoMeasure[]): string {
  const lines = reasons.map((reason) => `  ${reason.code}${reason.metric === null ? '' : ` ${terminalText(reason.metric)}`}: ${terminalText(reasonInWords(reason))}`);
  return `Cannot record a baseline of ${terminalText(behavior)}: it could not be measured. Nothing was changed.\n${lines.join('\n')}\n`;
}

function metricLine({ name, size, chances }: ShownRecordedMetric): string {
  const samples = size === null ? '' : ` with ${size} samples`;
  if (chances === null) return `${terminalText(name)}${samples}: how often it passes unchanged can not be told from one measurement`;
  const rest = chances.pass === 1 ? '' : `, inconclusive ${percent(chances.inconclusive)}, drift ${percent(chances.drift)}`;
  return `${terminalText(name)}${samples}: passes unchanged ${percent(chances.pass)}${rest}`;
}

function percent(share: number): string {
  return `${inWords(Math.floor(share * 1_000) / 10)} %`;
}

/** A value that stands in the behaviour's own file is a person's to write. */
function inlineLine(path: string, { name, baseline, file }: ShownRecordedMetric): readonly string[] {
  if (baseline === null || file !== null) return [];
  const text = JSON.stringify(baseline);
  const value = text.length > 400 ? 'as measured: it is long, so let `baselineSamples` name a file for it' : terminalText(text);
  return [`In ${terminalText(path)} set \`baseline\` of ${terminalText(name)} to ${value}`];
}

function refusal({ least }: ShownRecording): string {
  return `Refused: an unchanged behaviour would pass in less than ${percent(least)} of all measurements, and block changes that are none. Nothing was changed. Take more samples, widen the tolerance, or say \`acceptBlocking: true\` in the behaviour.`;
}
