import { lacksAnswer } from '../domain/decision.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import { isLeftToApp } from '../domain/left-to-app.ts';
import { alsoAsksLine } from './also-asks.ts';
import { claimsPretty } from './claims-pretty.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { terminalText } from './escape.ts';
import { foldFindings } from './fold-findings.ts';
import type { FormatOptions, Paint } from './format-options.ts';
import { gateCells } from './gate-table.ts';
import { headlineOf } from './headline.ts';
import { instant } from './instant.ts';
import { missingGates } from './missing-gates.ts';
import { unanswered } from './outlook.ts';
import { placeOf } from './place.ts';
import { actionsOf } from './ranked-actions.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { Effectiveness, RankedFinding } from './ranked-findings.ts';
import { unsaid } from './unsaid.ts';
import { waiverWords } from './waiver-words.ts';

const shownUncovered = 20;

/** For people at a terminal: findings with what blocks first, the gates, what was left out, and the decision last. */
export function renderPretty(decision: Decision, options: FormatOptions): string {
  const paint = options.color;
  const { shown, folded } = foldFindings(rankedFindings(decision));
  const blocks = [
    ...shown.map((one) => findingBlock(one, paint)),
    folded.map(({ path, count: more }) => `… and ${count(more, 'more finding')} about ${path === null ? 'claims' : terminalText(clip(path, 400))}: --format json lists every one.`).join('\n'),
    ...decision.verdicts.map(({ verification }) => claimsPretty(verification, paint)),
    actionBlock(decision, paint),
    gateBlock(decision, paint),
    uncoveredBlock(decision, paint),
    skippedBlock(decision, options),
    verdictBlock(decision, paint),
    alsoAsksLine(options.alsoAsks),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const labels: Readonly<Record<Effectiveness, string>> = { deny: 'deny', unknown: 'blocked', hold: 'hold', observed: 'observed', released: 'released', notice: 'notice' };

function findingBlock({ finding, effect }: RankedFinding, paint: Paint): string {
  const place = placeOf(finding, true);
  const heading = [colored(effect, paint)(labels[effect]), paint.bold(finding.code), place === null ? '' : paint.cyan(terminalText(place))];
  return [heading.filter((part) => part !== '').join('  '), ...detailLines(finding)].join('\n');
}

function detailLines(finding: Finding): readonly string[] {
  const { found, expected } = unsaid(finding);
  const waiver = waiverWords(finding);
  return [
    `  ${terminalText(clip(finding.message, 2_000))}`,
    ...(found === null ? [] : [`  found: ${terminalText(clip(found, 400))}`]),
    ...(expected === null ? [] : [`  expected: ${terminalText(clip(expected, 400))}`]),
    ...(waiver === null ? [] : [`  ${terminalText(waiver)}`]),
    `  next: ${terminalText(clip(finding.next, 1_000))}`,
  ];
}

function colored(effect: Effectiveness, paint: Paint): (text: string) => string {
  if (effect === 'deny' || effect === 'unknown') return paint.red;
  return effect === 'hold' ? paint.yellow : paint.dim;
}

const shownActions = 20;

/** What the change does beyond what is free. */
function actionBlock(decision: Decision, paint: Paint): string {
  const actions = actionsOf(decision).filter(({ tier, outcome }) => tier > 1 || outcome !== 'pass');
  if (actions.length === 0) return '';
  const lines = actions.slice(0, shownActions).map((one) => `  ${one.outcome.padEnd(7)}  tier ${one.tier}  ${terminalText(clip(one.name, 200))}  ${paint.dim(terminalText(clip(one.because, 200)))}`);
  return [paint.bold('Actions'), ...lines, ...(actions.length > shownActions ? [`  … and ${actions.length - shownActions} more`] : [])].join('\n');
}

function gateBlock(decision: Decision, paint: Paint): string {
  const rows = decision.gates.map((gate) => gateCells(decision, gate));
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(([gate = '', verdict = '', findings = '', looked = '']) => {
    const start = `  ${gate.padEnd(widths[0] ?? 0)}  ${verdict.padEnd(widths[1] ?? 0)}`;
    return `${start}  ${findings === '–' ? '' : `${count(Number(findings), 'finding')}, ${looked}`}`.trimEnd();
  });
  return [paint.bold('Gates'), ...lines, ...missingGates(decision.gates).map((line) => paint.dim(`  ${line}`))].join('\n');
}

function uncoveredBlock({ uncovered }: Decision, paint: Paint): string {
  if (uncovered.length === 0) return '';
  const shown = uncovered.slice(0, shownUncovered).map((path) => `  ${terminalText(clip(path, 400))}`);
  const rest = uncovered.length - shown.length;
  return [paint.bold(`${count(uncovered.length, 'changed file')} that no gate looked at`), ...shown, ...(rest === 0 ? [] : [`  … and ${rest} more`])].join('\n');
}

function skippedBlock(decision: Decision, options: FormatOptions): string {
  const skipped = [...decision.verdicts.flatMap((verdict) => verdict.skipped), ...(options.skipped ?? [])];
  if (skipped.length === 0) return '';
  return [options.color.bold('Not judged'), ...skipped.map(({ rule, why }) => `  ${terminalText(clip(rule, 200))}: ${terminalText(clip(why, 400))}`)].join('\n');
}

function verdictBlock(decision: Decision, paint: Paint): string {
  const { title, sentence } = headlineOf(decision);
  const tone = { allow: paint.green, hold: paint.yellow, deny: paint.red }[decision.decision];
  const blocked = decision.decision === 'deny' && lacksAnswer(decision) ? wayOut(decision) : [];
  const until = decision.validUntil === null ? '' : `Valid until ${instant(new Date(decision.validUntil))}.`;
  return `${tone(paint.bold(title))}\n${[sentence, ...blocked, until].filter((part) => part !== '').join(' ')}`;
}

/** What the findings' own next steps come to: running again helps where something was out of reach, and where git alone does not tell it helps nothing. */
function wayOut(decision: Decision): readonly string[] {
  const unknown = rankedFindings(decision).filter(({ effect }) => effect === 'unknown');
  const left = unknown.filter(({ finding }) => isLeftToApp(finding));
  const first = unanswered(decision);
  if (left.length === 0) return [first, 'Run it again once what failed is reachable.'];
  if (left.length === unknown.length) return [first, 'Running it again alone tells no more: let the Plumbline App judge this change.'];
  return [first, 'Run it again once what failed is reachable; for what git alone does not tell let the Plumbline App judge this change.'];
}
