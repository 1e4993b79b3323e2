import type { Sha } from '../../domain/tree.ts';
import type { ReadState } from './read-remediation-state.ts';
import { write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { remediationText } from './remediation-text.ts';
import { rewriteText } from './rewrite-text.ts';
import type { TextToWrite } from './remediation-text.ts';

export interface PullRequestToArm {
  readonly number: number;
  readonly url: string;
  readonly head: Sha;
  /** What its text is made of; null where that is not known any more, or a person wrote there. */
  readonly text: Omit<TextToWrite, 'merging'> | null;
}

/** Lets GitHub merge it when everything required is green. That it can not be is said, in its text too; the pull request stands all the same. */
export async function armRemediation(run: RemediationRun, read: ReadState, { number, url, head, text }: PullRequestToArm): Promise<string> {
  const armed = await write(run, () => run.github.armAutoMerge(number, head));
  if (armed.kind === 'written') return 'armed';
  const cause = armed.kind === 'refused' ? armed.refusal.cause : 'moved';
  run.ports.log.warn('a remediation does not merge by itself', { pullRequest: url, cause });
  await tellUnarmed(run, read, { number, text });
  return cause;
}

/** It was to merge by itself, and is not to any more. */
export async function leaveUnarmed(run: RemediationRun, read: ReadState, one: PullRequestToArm): Promise<string> {
  await tellUnarmed(run, read, one);
  return 'not_wanted';
}

/** Where the repository lets nothing merge by itself, the text said so from the first; what a person wrote into it stays. */
async function tellUnarmed(run: RemediationRun, read: ReadState, { number, text }: Pick<PullRequestToArm, 'number' | 'text'>): Promise<void> {
  if (text === null || !read.mergesByItself) return;
  await rewriteText(run, number, ({ theirs }) => (theirs === null ? remediationText(run, read, { ...text, merging: 'not_armed' }).text : null));
}
