import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import { clip } from './clip.ts';
import { commandMessage, commandProperty } from './escape.ts';
import { headlineOf } from './headline.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { Effectiveness } from './ranked-findings.ts';

const commands: Readonly<Record<Effectiveness, string>> = { deny: 'error', unknown: 'error', hold: 'warning', observed: 'notice', released: 'notice', notice: 'notice' };

/** Workflow commands that GitHub Actions shows as annotations, then the decision as one more. */
export function renderGithubAnnotations(decision: Decision): string {
  const findings = rankedFindings(decision).map(({ finding, effect }) => command(commands[effect], propertiesOf(finding), messageOf(finding)));
  const { title, sentence } = headlineOf(decision);
  const level = decision.decision === 'allow' ? 'notice' : 'error';
  const lines = [...findings, command(level, [['title', `plumbline: ${title}`]], sentence)];
  return `${lines.join('\n')}\n`;
}

type Property = readonly [name: string, value: string];

function command(name: string, properties: readonly Property[], message: string): string {
  return `::${name} ${properties.map(([key, value]) => `${key}=${commandProperty(value)}`).join(',')}::${commandMessage(message)}`;
}

function propertiesOf({ path, line, column, code }: Finding): readonly Property[] {
  const place: Property[] = [];
  if (path !== null) place.push(['file', path]);
  if (path !== null && line !== null) place.push(['line', String(line)]);
  if (path !== null && line !== null && column !== null) place.push(['col', String(column)]);
  return [...place, ['title', code]];
}

function messageOf(finding: Finding): string {
  return `${clip(finding.message, 2_000)} Next: ${clip(finding.next, 1_000)}`;
}
