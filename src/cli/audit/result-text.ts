import type { BundleVerification } from '../../audit/bundle-verification.ts';
import type { DecisionReplay } from '../../audit/decision-replay.ts';
import type { GitVerification } from '../../audit/git-verification.ts';
import { quote } from '../../audit/quote.ts';
import type { Verification } from '../../audit/verification.ts';
import type { ProofVerification } from '../../audit/verify-proof.ts';
import { terminalText } from '../../render/escape.ts';

/** What verifying says of a log, or of what was taken from one. */
export type AuditResult = Verification | ProofVerification | BundleVerification | DecisionReplay | GitVerification;

/** A result for people, escaped. */
export function resultText(result: AuditResult): string {
  return `${result.outcome}  ${terminalText(subjectOf(result))}\n${linesOf(result).map((line) => `  ${terminalText(line)}\n`).join('')}`;
}

function subjectOf(result: AuditResult): string {
  if ('repository' in result) return `what git holds of ${result.repository}`;
  if ('proof' in result) return `the ${result.proof} proof of ${quote(result.origin)}`;
  if ('checks' in result) return `the bundle${result.account === null ? '' : ` of account ${result.account}`}`;
  return 'replayed' in result ? `the decisions of account ${result.account}` : `the log of account ${result.account}`;
}

/** Of a bundle each check says by itself what it found. */
function linesOf(result: AuditResult): readonly string[] {
  const { firstWrong, notes } = result;
  const found = 'checks' in result ? result.checks.map(({ outcome, name, message }) => `${outcome}  ${name}: ${message}`) : firstWrong === null ? [] : [firstWrong.message];
  return [...found, ...notes];
}
