import type { FindingCode, FindingRule } from '../domain/finding-code.ts';
import type { GateName } from '../domain/gate-name.ts';
import { inertJson, terminalText } from './escape.ts';
import { findingPage } from './finding-page.ts';
import { findingTitles } from './finding-title.ts';
import type { Paint } from './format-options.ts';

/** A rule in Rego, as its METADATA tells of it. */
export interface ExplainedRule {
  /** In the package. */
  readonly folder: string;
  readonly description: string;
  readonly remedy: string;
  /** The day until which it only warns; null when it always enforces. */
  readonly effectiveOn: string | null;
}

/** What there is to know of a finding code. */
export interface CodeExplanation {
  readonly code: FindingCode;
  readonly gate: GateName;
  readonly declared: FindingRule;
  /** Null where the gate itself decides. */
  readonly rule: ExplainedRule | null;
  /** From its page. */
  readonly meaning: string;
}

export function codeExplanationJson({ code, gate, declared, rule, meaning }: CodeExplanation): string {
  const { severity, waivable, releasedBy = null } = declared;
  return `${inertJson({ version: 1, code, title: findingTitles[code], gate, severity, waivable, releasedBy, rule, meaning, page: `docs/${findingPage(code)}` })}\n`;
}

export function codeExplanationPretty({ code, gate, declared, rule, meaning }: CodeExplanation, color: Paint): string {
  const { severity, waivable, releasedBy, isCounted = false } = declared;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['severity', `${severity}, told by the gate ${gate}`],
    ['decided by', rule === null ? 'the gate itself' : `${rule.folder}: ${rule.description}`],
    ...(rule === null ? [] : [['remedy', rule.remedy] as const]),
    ...(rule === null || rule.effectiveOn === null ? [] : [['warns until', rule.effectiveOn] as const]),
    ['waiver', waivable ? 'an owned one that ends may silence it' : 'none: it can not be waived'],
    ['released by', releasedBy === undefined ? (isCounted ? 'the approvals that the check names for each action' : 'nobody: it is no hold') : `the approvals of ${releasedBy === 'tier2' ? 'tier 2' : 'tier 3'}`],
    ['page', `docs/${findingPage(code)}`],
  ];
  return `${color.bold(code)}  ${findingTitles[code]}\n\n${meaning.split('\n').map((line) => terminalText(line)).join('\n')}\n\n${facts.map(([name, value]) => `  ${name.padEnd(11)}  ${terminalText(value)}`).join('\n')}\n`;
}
