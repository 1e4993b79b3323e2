import type { SourceReading } from '../../../domain/behavior/source-reading.ts';
import { quoted } from '../../../domain/finding.ts';
import type { BehaviorSample } from '../../../domain/sample/behavior-sample.ts';
import { objectionToOrigin } from '../../../domain/sample/sample-origin.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GitHubRepository } from '../../../flows/ports/github-repository.ts';
import type { SourceAdapter } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';

export interface GithubActionsPorts {
  readonly github: Pick<GitHubRepository, 'namesAt'>;
  /** What came of a behaviour at a head for the branch that the question is about; null: nothing. */
  readonly sampleOf: (behavior: string, head: Sha) => Promise<BehaviorSample | null>;
}

/**
 * What a workflow sent of a behaviour at the head. Its token says which workflow it was: another one than the base names is no
 * signal. A workflow that ran otherwise than the base has it may send what it likes: the answer names it.
 */
export function githubActionsAdapter({ github, sampleOf }: GithubActionsPorts): SourceAdapter<'github-actions'> {
  return async (source, { name, base, head }): Promise<SourceReading> => {
    if (head === null) return { kind: 'no-samples', why: 'workflows send samples of changes, and this is none' };
    const sample = await sampleOf(name, head);
    if (sample === null) return { kind: 'no-samples', awaited: true, why: `none came of ${head.slice(0, 12)} yet, and they are judged when they come from ${quoted(source.workflow)}` };
    const objection = objectionToOrigin(source, sample.origin);
    if (objection !== null) return noSignal(objection);
    const [before] = sample.caller === null ? [] : await github.namesAt([{ commit: base, path: sample.caller.path }]);
    const isOfBase = sample.caller === null || (before?.kind === 'blob' && before.name === sample.caller.blob);
    return { kind: 'answered', value: sample.value, observedAt: sample.receivedAt, generator: sample.generator, ...(isOfBase || sample.caller === null ? {} : { madeBy: sample.caller }) };
  };
}
