import type { BehaviorVerdict, JudgedMetric } from '../domain/behavior/behavior-verdict.ts';
import { inWords } from '../domain/behavior/in-words.ts';
import type { Measured, MeasureVerdict } from '../domain/behavior/measured.ts';
import type { Position } from '../domain/position.ts';
import { reasonInWords } from '../domain/behavior/reason-in-words.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';

/** A behaviour as it was measured, or a file that has none. */
export type ShownBehavior =
  | { readonly kind: 'measured'; readonly path: string; readonly scope: 'environment' | 'change'; readonly verdict: BehaviorVerdict }
  | { readonly kind: 'broken'; readonly path: string; readonly place: Position | null; readonly why: string };

const longest = 600;

/** For people: each behaviour with its verdict, below it each metric with what was measured, its interval and what is tolerated. */
export function behaviorsPretty(shown: readonly ShownBehavior[], paint: Paint): string {
  if (shown.length === 0) return 'There is no behaviour to measure: the configuration names none with `drift.behaviors`.\n';
  return `${[...shown.map((one) => (one.kind === 'broken' ? broken(one, paint) : measured(one, paint)).join('\n')), summary(shown)].join('\n\n')}\n`;
}

/** How many are what, and what to do about those that say nothing. */
function summary(shown: readonly ShownBehavior[]): string {
  const kinds = shown.map((one) => (one.kind === 'broken' ? 'unreadable' : one.verdict.kind));
  const counted = ([['pass', 'as agreed'], ['drift', 'drifted'], ['inconclusive', 'could not be judged'], ['unreadable', 'can not be read']] as const).flatMap(([kind, what]) => {
    const many = kinds.filter((one) => one === kind).length;
    return many === 0 ? [] : [`${many} ${what}`];
  });
  const unasked = shown.some((one) => one.kind === 'measured' && one.verdict.reasons.some(({ code }) => code === 'drift/no_signal'));
  return [`Of ${count(shown.length, 'behaviour')}: ${counted.join(', ')}.`, ...(unasked ? ['A source that gives no signal has to answer: its host stands in BEHAVIOR_HOSTS, its secret is granted in BEHAVIOR_SECRETS_FILE.'] : [])].join('\n');
}

function broken({ path, place, why }: Extract<ShownBehavior, { kind: 'broken' }>, paint: Paint): readonly string[] {
  return [`${paint.red('unreadable')}  ${paint.cyan(terminalText(place === null ? path : `${path}:${place.line}:${place.column}`))}`, `  ${terminalText(clip(why, longest))}`];
}

function measured({ path, scope, verdict }: Extract<ShownBehavior, { kind: 'measured' }>, paint: Paint): readonly string[] {
  const observes = verdict.decides ? '' : '  only observed, decides nothing';
  return [
    `${colored(verdict.kind, paint)(words[verdict.kind])}  ${paint.bold(terminalText(verdict.behavior))}  ${paint.cyan(terminalText(path))}  ${scope}${observes}`,
    ...verdict.fixtureFor.slice(0, 1).map((reason) => `  ${paint.yellow('by its fixture')}, since the source gave no signal: ${terminalText(reasonInWords(reason))}`),
    ...verdict.reasons.map((reason) => `  ${paint.bold(reason.code)}${reason.metric === null ? '' : ` ${terminalText(reason.metric)}`}: ${terminalText(reasonInWords(reason))}`),
    ...verdict.metrics.flatMap((metric) => metricLines(metric, paint)),
  ];
}

const words: Readonly<Record<MeasureVerdict, string>> = { pass: 'as agreed', drift: 'drift', inconclusive: 'inconclusive' };

function colored(verdict: MeasureVerdict, paint: Paint): (text: string) => string {
  return verdict === 'pass' ? paint.green : verdict === 'drift' ? paint.red : paint.yellow;
}

function metricLines({ name, critical, measured: found, distances }: JudgedMetric, paint: Paint): readonly string[] {
  const heading = `  ${colored(found.verdict, paint)(words[found.verdict])}  ${terminalText(name)}${critical ? ' (critical)' : ''}`;
  const why = found.verdict === 'pass' ? [] : [`    ${terminalText(clip(found.why, longest))}`];
  const apart = distances === null ? [] : [`    distributions, which decides nothing: stability index ${inWords(distances.populationStabilityIndex)}, Wasserstein distance ${inWords(distances.wasserstein)}`];
  return [`${heading}${figures(found)}`, ...why, ...apart];
}

/** Numbers are ours; nothing of them is text from outside. */
function figures({ estimate, interval, tolerated, method, sizes }: Measured): string {
  if (method === 'canonical-difference') return '';
  const measuredAs = estimate === null ? 'nothing estimated' : `${inWords(estimate)} (${inWords(interval)})`;
  return `: ${measuredAs}, tolerated ${inWords(tolerated)}, by ${method} of ${sizes.samples}${sizes.baseline === null ? '' : ` beside ${sizes.baseline}`}`;
}
