import type { CommandDone } from '../domain/command/command-outcome.ts';
import type { VoteWord } from '../domain/command/command.ts';
import type { Decision } from '../domain/decision.ts';
import { clip } from './clip.ts';
import { commandHelp } from './command-help.ts';
import { shortSha } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { count } from './count.ts';
import { driftDoneText } from './drift-done-text.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { explanationText } from './explanation-text.ts';
import { headlineOf } from './headline.ts';
import { heldLines } from './held-lines.ts';

/** What a command did. */
export function commandDoneText(outcome: CommandDone): ReplyText {
  switch (outcome.kind) {
    case 'helped':
      return { title: 'commands', paragraphs: [commandHelp()] };
    case 'status':
      return { title: 'status', paragraphs: statusOf(outcome.decision, outcome.head) };
    case 'explained':
      return explanationText(outcome);
    case 'rechecking':
      return { title: 'judged again', paragraphs: [`Commit ${shortSha(outcome.head)} is judged again; the check says what comes of it.`] };
    case 'waiver_asked':
      return { title: 'waiver asked for', paragraphs: [`A pull request that changes ${markdownCode(clip(outcome.file, 200))} is being opened; this reply will name it.`] };
    case 'waiver_opened':
      return { title: outcome.word === 'waive' ? 'waiver proposed' : 'end of the waiver proposed', paragraphs: [`It is #${outcome.number}, and counts once that is merged. You count as a contributor of it, and do not approve it.`] };
    case 'voted':
      return { title: votedTitles[outcome.word], paragraphs: votedText(outcome) };
    case 'scanning':
    case 'scanned':
    case 'planned':
    case 'remediation_asked':
    case 'remediated':
    case 'unsuppressed':
    case 'rollback_asked':
    case 'rolled_back':
    case 'rollback_opened':
      return driftDoneText(outcome);
  }
}

function statusOf(decision: Decision | null, head: string): readonly string[] {
  if (decision === null) return [`Commit ${shortSha(head)} was not judged yet. The check says when it was.`];
  const { title, sentence } = headlineOf(decision);
  const { held } = decision;
  return [`Commit ${shortSha(head)}: **${title}**. ${sentence}`, held.length === 0 ? 'Nothing of it is for people to release.' : heldLines(held, head)];
}

const votedTitles: Readonly<Record<VoteWord, string>> = { approve: 'approved', unapprove: 'taken back', reject: 'rejected' };

const votedSentences: Readonly<Record<VoteWord, string>> = {
  approve: 'Your yes is kept. It counts for exactly this content under these rules: a push that leaves both as they are keeps it, any other voids it.',
  unapprove: 'What you said about it, yes or no, counts no longer.',
  reject: 'Your no is kept. It stands until you take it back, or may no longer approve.',
};

const mostNames = 20;

function votedText({ word, head, items, left, uncounted }: Extract<CommandDone, { kind: 'voted' }>): readonly string[] {
  const names = [...new Set(items.map(({ name }) => name))];
  const shown = names.slice(0, mostNames).map((name) => `- ${markdownCode(clip(name, 200))}`);
  const more = names.length > mostNames ? [`- and ${count(names.length - mostNames, 'more')}`] : [];
  const others = left.length === 0 ? [] : [`${count(left.length, 'other')} of that name ${left.length === 1 ? 'is' : 'are'} for other people to decide.`];
  const waiting = uncounted === null ? [] : [`It is not known whose hands are in this change, so nobody's yes counts yet. ${markdownProse(uncounted)} Then what you said counts.`];
  return [`${votedSentences[word]} Commit ${shortSha(head)} is judged again now.`, ...waiting, ...(names.length === 0 ? [] : [[...shown, ...more].join('\n')]), ...others];
}
