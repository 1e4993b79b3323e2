import type { CommandRefusal } from '../domain/command/command-outcome.ts';
import { limits } from '../domain/limits.ts';
import { clip } from './clip.ts';
import { commandLine, shortSha } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { refused } from './refused-text.ts';

type WaiverRefusal = Extract<
  CommandRefusal,
  { kind: 'not_waivable' | 'bad_end' | 'no_finding' | 'no_waiver' | 'no_waiver_file' | 'unfit_file' | 'branch_taken' | 'moved_on' | 'ungranted' | 'refused' }
>;

/** Why no pull request about a waiver is opened. */
export function waiverRefusalText(outcome: WaiverRefusal): ReplyText {
  switch (outcome.kind) {
    case 'not_waivable':
      return refused(`${markdownCode(outcome.code)} can not be waived here: ${outcome.why}.`, `Mend what it names; ${commandLine(`explain ${outcome.code}`)} says what it means.`);
    case 'bad_end':
      return refused(`A waiver ends on a day to come, at most ${limits.waiverDays} days from now: found ${markdownCode(outcome.until)}, expected at most ${outcome.latest}.`, 'Type it again with such a day.');
    case 'no_finding':
      return noFinding(outcome);
    case 'no_waiver':
      return refused(`${markdownCode(clip(outcome.file, 200))} has no waiver of ${markdownCode(outcome.code)} in ${markdownCode(clip(outcome.path, 200))}.`, 'Look into that file of the base branch.');
    case 'no_waiver_file':
      return refused('The configuration names no file for waivers that can be written.', `Add ${markdownCode('waivers: [".plumbline/waivers.yaml"]')} to ${markdownCode('.github/plumbline.yml')} first.`);
    case 'unfit_file':
      return refused(markdownProse(clip(outcome.why, 500)), 'Change the file by hand, in a pull request.');
    case 'branch_taken':
      return refused(`The branch ${markdownCode(clip(outcome.branch, 200))} is there already, with other commits.`, 'Delete it, then type the command again in a new comment.');
    case 'moved_on':
      return refused(`The head is ${shortSha(outcome.head)} by now.`, 'Look at what is found there, then type the command again in a new comment.');
    case 'ungranted':
      return refused('The App was not granted permission to write contents in this repository.', `The owner of the installation accepts ${markdownCode('Contents: read and write')} in its settings on GitHub.`);
    case 'refused':
      return refused(`GitHub refused it: ${markdownProse(clip(outcome.why, 300))}`, 'Change the file by hand, in a pull request.');
  }
}

function noFinding({ code, path, head, paths }: Extract<WaiverRefusal, { kind: 'no_finding' }>): ReplyText {
  const known = paths.slice(0, 20).map((one) => markdownCode(clip(one, 200))).join(', ');
  return refused(`The decision about commit ${shortSha(head)} has no ${markdownCode(code)} in ${markdownCode(clip(path, 200))} that is not waived yet.`, paths.length === 0 ? `${commandLine('status')} says what stands.` : `It has it in: ${known}.`);
}
