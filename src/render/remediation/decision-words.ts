import { clip } from '../clip.ts';
import { markdownCode } from '../escape.ts';

/** What a close by a person means, everywhere in the same words. Goes on after "That". */
export function closeMeans(behavior: string): string {
  return `is a decision: nothing is opened for this drift again for 30 days, unless it becomes another one. An approver takes it back with ${markdownCode(`/plumbline unsuppress ${clip(behavior, 200)}`)} in a comment on any pull request.`;
}
