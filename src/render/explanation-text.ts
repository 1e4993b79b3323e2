import type { CommandDone, DecisionTrace } from '../domain/command/command-outcome.ts';
import type { Finding } from '../domain/finding.ts';
import { ruleOf } from '../domain/finding-code.ts';
import type { FindingRule } from '../domain/finding-code.ts';
import { gateOfCode } from '../domain/gate-name.ts';
import type { Severity } from '../domain/severity.ts';
import { clip } from './clip.ts';
import { shortSha } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { count } from './count.ts';
import { markdownCode, markdownProse, markdownText } from './escape.ts';
import { findingTitles } from './finding-title.ts';
import { fitItems } from './fit-items.ts';
import { instant } from './instant.ts';

type Explained = Extract<CommandDone, { kind: 'explained' }>;

/** What a code means, and where the newest decision has it: event, configuration, rule, input. */
export function explanationText({ code, head, found }: Explained): ReplyText {
  const rule: FindingRule = ruleOf(code);
  const meaning = `${findingTitles[code]}. ${severities[rule.severity]} ${rule.waivable ? 'It may be waived for a time.' : 'It can not be waived.'} Its page is \`docs/findings/${code}.md\`.`;
  const where = found === null ? [`Commit ${shortSha(head)} has no such finding, or was not judged yet.`] : [findingLines(found.findings), traceLines(code, head, found)];
  return { title: `\`${code}\``, paragraphs: [meaning, ...where] };
}

const severities: Readonly<Record<Severity, string>> = {
  deny: 'It denies the change until it is mended.',
  hold: 'It holds the change until people release it.',
  unknown: 'It blocks the change until Plumbline knows.',
  notice: 'It decides nothing.',
};

function findingLines(findings: readonly Finding[]): string {
  return fitItems(findings, findingLine, { bytes: 20_000, more: (left) => `\n… and ${count(left, 'more')}.` });
}

function findingLine({ path, line, message, next }: Finding): string {
  const place = path === null ? '' : `${markdownCode(`${clip(path, 200)}${line === null ? '' : `:${line}`}`)} `;
  return `- ${place}${markdownProse(clip(message, 500))} **Next:** ${markdownProse(clip(next, 500))}`;
}

function traceLines(code: Explained['code'], head: string, { decision, trace, findings }: NonNullable<Explained['found']>): string {
  const [first] = findings;
  const severity = first === undefined || first.severity === first.declared ? '' : `, declared as ${first.declared}, in force as ${first.severity}${first.waived ? ' by a waiver' : ''}`;
  return [
    'Where it comes from:',
    `- event: commit ${shortSha(head)} into ${markdownCode(clip(trace.baseBranch, 200))} at ${shortSha(decision.base)}, judged ${instant(trace.decidedAt)}`,
    ...sources(trace),
    `- rule: ${markdownCode(code)} of the ${gateOfCode(code)} gate${severity}; policies ${markdownCode(decision.policyDigest)}`,
    `- input: ${markdownCode(decision.inputDigest)}, engine ${markdownText(decision.engine)}`,
  ].join('\n');
}

function sources({ configuration }: DecisionTrace): readonly string[] {
  if (configuration === null) return ['- configuration: not kept with this decision, which an earlier version of Plumbline made'];
  const levels = [['organisation', configuration.organization], ['repository', configuration.repository]] as const;
  const lines = levels.flatMap(([level, source]) => (source === null ? [] : [`- configuration of the ${level}: ${markdownCode(clip(`${source.repository}/${source.path}`, 300))} at ${shortSha(source.commit)}`]));
  return lines.length === 0 ? ['- configuration: none'] : lines;
}
