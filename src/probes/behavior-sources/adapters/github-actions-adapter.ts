import type { SourceReading } from '../../../domain/behavior/source-reading.ts';
import { quoted } from '../../../domain/finding.ts';
import type { BehaviorSample } from '../../../domain/sample/behavior-sample.ts';
import { callerPath, objectionToOrigin } from '../../../domain/sample/sample-origin.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GitHubRepository } from '../../../flows/ports.ts';
import type { SourceAdapter } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';

export interface GithubActionsPorts {
  readonly github: Pick<GitHubRepository, 'namesAt'>;
  /** What came of a behaviour at a head; null: nothing. */
  readonly sampleOf: (behavior: string, head: Sha) => Promise<BehaviorSample | null>;
}

/**
 * What a workflow sent of a behaviour at the head. Its token says which workflow it was: another one than the base names is no
 * signal. A workflow that the change itself edits may send what it likes: what it sent counts as nothing.
 */
export function githubActionsAdapter({ github, sampleOf }: GithubActionsPorts): SourceAdapter<'github-actions'> {
  return async (source, { name, base, head }): Promise<SourceReading> => {
    if (head === null) return { kind: 'no-samples', why: 'workflows send samples of changes, and this is none' };
    const sample = await sampleOf(name, head);
    if (sample === null) return { kind: 'no-samples', awaited: true, why: `none came of ${head.slice(0, 12)} yet. They are awaited from ${quoted(source.workflow)}, and judged when they come` };
    const objection = objectionToOrigin(source, sample.origin);
    if (objection !== null) return noSignal(objection);
    const caller = callerPath(sample.origin);
    if (caller === null) return noSignal(`samples of a workflow that is not named: ${quoted(sample.origin.workflow)}`);
    const [before, after] = await github.namesAt([base, head].map((commit) => ({ commit, path: caller })));
    if (before?.name !== after?.name || before?.kind !== after?.kind) return { kind: 'no-samples', why: `${quoted(caller)}, which sent some, is not at the head as the base has it: change it in a pull request of its own` };
    return { kind: 'answered', value: sample.value, observedAt: sample.receivedAt, generator: sample.generator };
  };
}
