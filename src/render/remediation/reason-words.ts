import type { Reason } from '../../domain/remediation/step.ts';

/** Why a step is taken, or none, in a sentence for people. */
export function reasonWords(reason: Reason): string {
  return words[reason];
}

const words: Readonly<Record<Reason, string>> = {
  unread: 'Not everything could be read, so nothing is written.',
  reads_disagree: 'What was read does not fit together: somebody is pushing just now.',
  duplicates: 'More than one pull request is open for this drift: the lowest number is kept.',
  queued: 'It waits to be merged, and is left alone.',
  touched: 'Somebody else has a hand in it: it is frozen. An approver lets us append to it with `--take-over`.',
  taken_over: 'It was taken over at this head, and has what mends the drift.',
  recovered: 'What an interrupted attempt left is gone on with.',
  same_content: 'It has what mends the drift.',
  content_changed: 'What mends the drift is another by now: one commit is appended.',
  text_outdated: 'Its text tells of an older commit of ours: it is written anew.',
  conflict: 'The base conflicts: a merge commit is appended.',
  drift_changed: 'Another drift is there now, with a pull request of its own.',
  drift_gone: 'The drift is gone, measured twice.',
  behavior_gone: 'The default branch has no behaviour of this name any more, so nothing asks for it.',
  missing_evidence: 'It is not known whether the drift is there: the last measurement gave no answer that suffices.',
  closed_by_human: 'A person closed it or had it rolled back, and that is a decision. An approver takes it back with `/plumbline unsuppress`.',
  closed_by_unknown: 'It was closed by nobody known, which counts as a decision for a week. An approver takes it back with `/plumbline unsuppress`.',
  drift_back: 'The drift is back after we closed it.',
  flapping: 'The drift came and went three times within a week: a person has to look at it.',
  verifying: 'It was merged, and the time in which the drift may still be there is not over.',
  verified: 'It was merged, and the drift is gone.',
  ineffective: 'It was merged, and the drift is still there: the next one is tried.',
  ineffective_twice: 'Two were merged in vain: a person has to look at it.',
  ineffective_last: 'It was merged in vain, and its playbook has nothing else to propose: a person has to look at it.',
  foreign_branch: 'A branch that is not ours stands where ours would be.',
  foreign_pull_request: "A pull request of somebody else's comes from the branch that would be ours.",
  branch_in_the_way: 'A branch makes ours impossible.',
  too_many_generations: 'There were too many remediations of this drift: a person has to look at it.',
  drift_confirmed: 'The drift is confirmed, and no pull request is open for it.',
  unconfirmed: 'It was measured once: what is not measured twice does not count yet.',
  no_drift: 'It stands as agreed, measured twice.',
  other_drift: 'Another drift of this behaviour is there now.',
  report_only: 'Nothing is to be proposed for it, or its playbook does not apply. The dry run says which.',
  issue_only: 'What mends it is for a person to do: the issue about it says what.',
  rolled_back: 'Somebody had it rolled back.',
  unsuppressed: 'Decisions about closes were taken back.',
  limit: 'As many pull requests as GitHub lets us open in an hour were opened.',
  pause: 'A pause window is on: nothing is opened until it ends.',
  blast_radius: 'More repositories drifted than one scan may remediate in: nothing is opened.',
  same_files: 'A remediation of another behaviour is open and writes the same files: it goes first.',
};
