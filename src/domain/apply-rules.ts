import { canBeLowered } from './apply-waivers.ts';
import type { LoweredFinding } from './apply-waivers.ts';
import type { RuleMode } from './configuration/configuration.ts';
import { ruleOf } from './finding-code.ts';
import type { FindingCode } from './finding-code.ts';
import type { Finding } from './finding.ts';
import { dayOf, isBefore } from './instant.ts';

export type Rules = Readonly<Record<string, RuleMode>>;

const enforced: RuleMode = { kind: 'enforce' };

/**
 * Turns a finding into a notice where the configured mode of its code says so. A code's own mode goes before `*`.
 * Only `"*": observe` reaches codes that can not be waived, and `unknown`.
 */
export function applyRules(finding: Finding, rules: Rules, now: string): LoweredFinding | null {
  const mode = modeOf(rules, finding.code);
  switch (mode.kind) {
    case 'enforce':
      return null;
    case 'warn':
      return canBeLowered(finding) && isBefore(now, mode.until) ? lowered(finding, `only warns until ${dayOf(mode.until)}`, mode.until) : null;
    case 'observe':
      return canBeLowered(finding) || observesAll(rules) ? lowered(finding, 'is only observed', null) : null;
  }
}

/** Whether the whole configuration only observes, but for codes that say otherwise. */
export function observesAll(rules: Rules): boolean {
  return modeOf(rules, '*').kind === 'observe';
}

/** Whether findings of a code, waivable or not, decide nothing, now and always. */
export function observes(rules: Rules, code: FindingCode): boolean {
  return modeOf(rules, code).kind === 'observe' && (ruleOf(code).waivable || observesAll(rules));
}

/** The rules without `"*": observe`: what they would be once that line is removed. */
export function enforcingRules(rules: Rules): Rules {
  return observesAll(rules) ? { ...rules, '*': enforced } : rules;
}

function modeOf(rules: Rules, code: string): RuleMode {
  if (Object.hasOwn(rules, code)) return rules[code] ?? enforced;
  return Object.hasOwn(rules, '*') ? (rules['*'] ?? enforced) : enforced;
}

function lowered(finding: Finding, how: string, until: string | null): LoweredFinding {
  return { finding: Object.freeze({ ...finding, severity: 'notice' }), how, until };
}
