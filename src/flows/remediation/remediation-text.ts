import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import { bodyWithTrailer } from '../../domain/remediation/trailer.ts';
import type { Trailer } from '../../domain/remediation/trailer.ts';
import type { RemediationFacts } from '../../render/remediation/remediation-texts.ts';
import type { ReadState } from './read-remediation-state.ts';
import type { RemediationRun } from './remediation-run.ts';

export interface TextToWrite extends Pick<RemediationFacts, 'merging' | 'generation' | 'follows'> {
  /** What mends it, as it is told. */
  readonly plan: RemediationPlan;
  readonly trailer: Omit<Trailer, 'fingerprint' | 'generation' | 'text'>;
}

/** Title and text of a pull request of ours, with its trailer. */
export function remediationText({ record, ports }: Pick<RemediationRun, 'record' | 'ports'>, { drift, others }: Pick<ReadState, 'drift' | 'others'>, { plan, trailer, ...about }: TextToWrite): { readonly title: string; readonly text: string } {
  const { behavior, baseBranch, fingerprint } = record;
  const told = drift?.seen.kind === 'drift' ? drift.seen.told : null;
  const { title, text } = ports.texts.pullRequest({ behavior, baseBranch, drift: told, plan, verificationWindow: drift?.verificationWindow ?? 0, supersedes: others, ...about });
  return { title, text: bodyWithTrailer(text, { fingerprint, generation: about.generation, ...trailer }) };
}
