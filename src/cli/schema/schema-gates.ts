import type { Finding } from '../../domain/finding.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { gates } from '../../flows/judge.ts';
import type { Gate } from '../../gates/gate.ts';

/** The gates as they are, with verdicts about nothing but governed schemas. */
export const schemaGates: readonly Gate[] = gates.map((gate) => ({ ...gate, evaluate: (snapshot, evidence) => narrowed(gate.evaluate(snapshot, evidence), snapshot) }));

function narrowed(verdict: Verdict, snapshot: Snapshot): Verdict {
  const schemas = new Set(snapshot.files.filter((file) => file.roles.includes('schema')).map((file) => file.path));
  const covered = verdict.covered.filter((path) => schemas.has(path));
  const applies = verdict.applies && (verdict.gate === 'change' || covered.length > 0);
  return verdictOf({
    ...verdict,
    applies,
    covered,
    findings: applies ? verdict.findings.filter((finding) => concerns(finding, schemas)) : [],
    evaluated: applies ? verdict.evaluated.filter(isJudged) : [],
    skipped: [...verdict.skipped.filter(isJudged), ...(verdict.gate === 'contracts' ? [notJudged(applies)] : [])],
  });
}

function isJudged({ rule }: { readonly rule: string }): boolean {
  return !rule.startsWith('contract/');
}

/** What is said of a schema or of the change as a whole, and everything without which nothing is known of a schema either. */
function concerns({ code, path, severity }: Finding, schemas: ReadonlySet<string>): boolean {
  return code.startsWith('schema/') || severity === 'unknown' || path === null || schemas.has(path) || code === 'config/base_invalid';
}

function notJudged(applies: boolean): Verdict['skipped'][number] {
  return { rule: 'contract/*', why: applies ? 'plumbline schema check judges schemas alone' : 'plumbline schema check judges schemas alone, and no governed one changed' };
}
