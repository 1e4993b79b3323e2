import { refusalCauses, refusalOf } from '../../domain/refusal.ts';
import { markdownText } from '../escape.ts';

const words: Readonly<Record<string, string>> = {
  duplicates: 'two pull requests are open for it, and none may be closed by Plumbline',
  foreign_branch: 'a branch that is not Plumbline\'s has the name that its own would have; delete or rename it',
  foreign_pull_request: 'a pull request that is not Plumbline\'s comes from a branch of its name; close it, or rename the branch',
  branch_in_the_way: 'a branch makes one of Plumbline\'s impossible, such as one that is named `plumbline`; rename it',
  too_many_generations: 'it was proposed too often',
  ineffective_twice: 'two pull requests were merged, and it still drifts: the playbook does not mend it',
  ineffective_last: 'its pull request was merged, and it still drifts, while the playbook has nothing else to write: look at what the behaviour measures',
  unplannable: 'it is not known how to mend it: no playbook of that name, or a configuration that can not be read',
  unread: 'GitHub, or our record, could not be read to the end, so nothing was written; the next scan looks again, and the log of the server says why',
  unlooked: 'nobody looked at it to the end since it was confirmed: that broke off, and the next scan looks again; the log of the server says why',
  refused: 'GitHub refused it',
};

/** Why nothing goes on, and what a person can do. @param why A reason, or the cause of GitHub's no. */
export function stuckWords(why: string): string {
  const cause = refusalCauses.find((one) => one === why);
  if (cause !== undefined) return `GitHub refused it (${cause.replaceAll('_', ' ')}). ${refusalOf(cause).next}`;
  return words[why] ?? markdownText(why);
}
