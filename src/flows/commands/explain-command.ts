import type { DecisionTrace } from '../../domain/command/command-outcome.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import type { DecisionRecord } from '../ports.ts';
import type { CommandResult, CommandRun } from './command-run.ts';

/** What a code means, and where the newest decision has it, what it came from. */
export async function explainCommand(run: CommandRun, code: FindingCode): Promise<CommandResult> {
  const { head, decision } = run;
  const findings = decision?.decision.verdicts.flatMap((verdict) => verdict.findings).filter((finding) => finding.code === code) ?? [];
  if (decision === null || findings.length === 0) return { outcome: { kind: 'explained', code, head, found: null } };
  return { outcome: { kind: 'explained', code, head, found: { decision: decision.decision, findings, trace: await traceOf(run, decision) } } };
}

async function traceOf({ ports, github, repository }: CommandRun, { baseBranch, decidedAt, decision }: DecisionRecord): Promise<DecisionTrace> {
  const { state } = await captureConfiguration(ports, { repository, github, commit: decision.base, branch: baseBranch, defaultBranch: await github.defaultBranch() });
  const levels = [['organisation', state.organization], ['repository', state.repository]] as const;
  const configuration = levels.flatMap(([level, source]) => (source === null ? [] : [{ level, repository: source.repository, path: source.path, commit: source.commit }]));
  return { baseBranch, decidedAt, configuration };
}
