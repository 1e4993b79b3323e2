import type { CommandRefusal } from '../domain/command/command-outcome.ts';
import type { Misreading } from '../domain/command/command.ts';
import { usages } from '../domain/command/command-word.ts';
import type { CommandWord } from '../domain/command/command-word.ts';
import { voteLine } from '../domain/command/vote-line.ts';
import { clip } from './clip.ts';
import { commandHelp } from './command-help.ts';
import { commandLine } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { markdownCode } from './escape.ts';

const title = 'not a command';

/** Why a line was no command, with the right one to copy where there is one. */
export function misreadingText({ misreading, head }: Extract<CommandRefusal, { kind: 'misread' }>): ReplyText {
  return { title, paragraphs: wordsOf(misreading, head) };
}

function wordsOf(misreading: Misreading, head: string | null): readonly string[] {
  switch (misreading.kind) {
    case 'disguised':
      return ['Nothing was changed. The first line looks like a command, but is written with other characters, or with ones that nobody sees. Type it anew with plain letters, in a new comment.', commandHelp()];
    case 'unknown_word':
      return [`Nothing was changed. ${markdownCode(clip(misreading.word, 80))} is no command.${meant(misreading.suggestion)}`, commandHelp()];
    case 'unknown_code':
      return [`Nothing was changed. ${markdownCode(clip(misreading.code, 80))} is no code that this version reports.${misreading.suggestion === null ? '' : ` Did you mean ${markdownCode(misreading.suggestion)}?`} The check shows the code of each finding.`];
    case 'no_sha':
      return [noSha(misreading, head)];
    case 'wrong_argument': {
      const found = misreading.found === null ? 'nothing' : markdownCode(clip(misreading.found, 80));
      return [`Nothing was changed. Cannot read ${markdownCode(misreading.argument)}: found ${found}, expected ${misreading.expected}. It is written ${usageOf(misreading.word)}`];
    }
  }
}

function noSha({ word, scope, found }: Extract<Misreading, { kind: 'no_sha' }>, head: string | null): string {
  const why = found === null ? 'names no commit' : `names ${markdownCode(clip(found, 80))}, which is no commit of 7 digits or more`;
  const line = head === null ? usageOf(word) : markdownCode(`${voteLine(word, scope, head)}${word === 'reject' ? ' <reason>' : ''}`);
  return `Nothing was changed. It ${why}: a yes or a no is about the commit that you looked at. If that is the newest one, type ${line}`;
}

function meant(suggestion: CommandWord | null): string {
  return suggestion === null ? '' : ` Did you mean ${usageOf(suggestion)}?`;
}

function usageOf(word: CommandWord): string {
  return commandLine(usages[word]);
}
