import { inWords } from '../../domain/behavior/in-words.ts';
import type { KeptDrift, ToldMetric } from '../../domain/drift/scanned-behavior.ts';
import type { Difference } from '../../domain/playbook/measured-drift.ts';
import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { markdownCode, markdownText, pathUri } from '../escape.ts';
import { fenced } from '../fenced.ts';
import { instant } from '../instant.ts';
import { differencesBlock } from './differences-block.ts';
import { metricChart } from './metric-chart.ts';

/** Metrics in the table, those of them whose reason is told, and those that are drawn. */
const [mostMetrics, mostReasons, mostCharts] = [20, 5, 3];

/** GitHub Markdown of what drifted: where and when it was measured, each metric with its interval and what is tolerated, a chart, and what differs. */
export function measuredSection(drift: KeptDrift): string {
  const { record, scanned } = drift;
  const ranked = ['drift', 'inconclusive', 'pass'].flatMap((verdict) => scanned.metrics.filter((metric) => metric.verdict === verdict));
  const differences = scanned.drift?.differences ?? [];
  const others = differences.filter(({ name }) => !scanned.metrics.some((metric) => metric.name === name));
  return [
    `${markdownCode(clip(record.behavior, 200))} is no longer as agreed: it was measured twice in a row${record.episode === null ? '' : `, and drifts since ${instant(new Date(record.episode.confirmedAt))}`}. It was measured last at ${instant(new Date(record.measuredAt))}, for commit ${record.commit}.`,
    `Its file is ${fileLink(scanned.path, record.commit)}, and ${markdownCode(clip(scanned.owner, 200))} answers for it.`,
    ...(ranked.length === 0 ? [markdownText(clip(scanned.why, 600))] : [...figures(ranked), reasons(ranked), ...charts(ranked, differences)]),
    ...(others.length === 0 ? [] : [differencesBlock(others)]),
  ].filter((part) => part !== '').join('\n\n');
}

/** Relative to the page of an issue or a pull request of the same repository. */
function fileLink(path: string, commit: string): string {
  return `[${markdownText(clip(path, 200))}](../blob/${commit}/${pathUri(path).replace(/[()]/g, (character) => (character === '(' ? '%28' : '%29'))})`;
}

/** What is compared without a number is told by its reason alone. */
function figures(metrics: readonly ToldMetric[]): readonly string[] {
  const isWordsAlone = metrics.length <= mostReasons && metrics.every(({ verdict, estimate, low, high }) => verdict === 'drift' && estimate === null && low === null && high === null);
  return isWordsAlone ? [] : [metricTable(metrics), '<sub>Measured and tolerated are differences from what was agreed; of missing answers they are shares.</sub>'];
}

function metricTable(metrics: readonly ToldMetric[]): string {
  const rows = metrics.slice(0, mostMetrics).map(metricRow);
  const rest = metrics.length > mostMetrics ? [`\n${count(metrics.length - mostMetrics, 'more metric')} not shown.`] : [];
  return ['| | Metric | Measured | Interval | Tolerated | Samples |', '|---|---|---|---|---|---|', ...rows, ...rest].join('\n');
}

const words: Readonly<Record<ToldMetric['verdict'], string>> = { drift: '**drift**', inconclusive: 'inconclusive', pass: 'as agreed' };

function metricRow({ name, critical, verdict, estimate, low, high, toleratedLow, toleratedHigh, confidence, samples }: ToldMetric): string {
  const isOpen = low === null && high === null;
  const interval = isOpen ? '' : `${inWords({ low, high })}, each bound at ${inWords(confidence * 100)} %`;
  const tolerated = toleratedLow === null && toleratedHigh === null ? '' : inWords({ low: toleratedLow, high: toleratedHigh });
  const cells = [words[verdict], `${markdownText(clip(name, 60))}${critical ? ' (critical)' : ''}`, estimate === null ? '' : inWords(estimate), interval, tolerated, String(samples)];
  return `| ${cells.join(' | ')} |`;
}

/** Why each that does not pass does not. */
function reasons(metrics: readonly ToldMetric[]): string {
  const failed = metrics.filter(({ verdict }) => verdict !== 'pass').slice(0, mostReasons);
  return failed.map(({ name, why }) => `- ${markdownText(clip(name, 60))}: ${markdownText(clip(why, 300))}`).join('\n');
}

function charts(metrics: readonly ToldMetric[], differences: readonly Difference[]): readonly string[] {
  const drawn = metrics.filter(({ verdict }) => verdict === 'drift').flatMap((metric) => {
    const chart = metricChart(metric, differences.find(({ name }) => name === metric.name) ?? null);
    return chart === null ? [] : [`${markdownText(clip(metric.name, 60))} (${chart.legend}):\n\n${fenced(chart.lines, { language: 'mermaid', most: chart.lines.length, bytes: 2_000 })}`];
  });
  return drawn.slice(0, mostCharts);
}
