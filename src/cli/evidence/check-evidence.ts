import type { CheckOptions } from '../check/check-command.ts';
import { runCheck } from '../check/run-check.ts';
import type { Terminal } from '../terminal.ts';

/** What `evidence check` was asked, as typed. */
export type CheckEvidenceOptions = Omit<CheckOptions, 'gate' | 'keys' | 'strict'>;

/** The gate that the App asks, alone, about a change that an agent has a hand in. */
export async function checkEvidence(terminal: Terminal, options: CheckEvidenceOptions): Promise<number> {
  return await runCheck(terminal, { ...options, gate: ['hallucination'] }, { isByAgent: true });
}
