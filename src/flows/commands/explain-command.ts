import type { FindingCode } from '../../domain/finding-code.ts';
import type { CommandResult, CommandRun } from './command-run.ts';

/** What a code means, and where the newest decision has it, what it came from, as it was kept with the decision. */
export function explainCommand({ head, decision }: CommandRun, code: FindingCode): CommandResult {
  const findings = decision?.decision.verdicts.flatMap((verdict) => verdict.findings).filter((finding) => finding.code === code) ?? [];
  if (decision === null || findings.length === 0) return { outcome: { kind: 'explained', code, head, found: null } };
  const { baseBranch, decidedAt, configuration = null } = decision;
  return { outcome: { kind: 'explained', code, head, found: { decision: decision.decision, findings, trace: { baseBranch, decidedAt, configuration } } } };
}
