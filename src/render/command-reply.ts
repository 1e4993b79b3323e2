import type { CommandOutcome } from '../domain/command/command-outcome.ts';
import { isDone } from '../domain/command/command-outcome.ts';
import { commentMarker } from '../domain/effect.ts';
import { clip } from './clip.ts';
import { commandDoneText } from './command-done-text.ts';
import { commandRefusalText } from './command-refusal-text.ts';
import { markdownText } from './escape.ts';

export interface ToldCommand {
  /** Id of the comment that is answered. */
  readonly comment: number;
  /** Who wrote it; null where that was not read. */
  readonly login: string | null;
  readonly outcome: CommandOutcome;
}

/** What a part of a reply says: a title, and paragraphs. */
export interface ReplyText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Topic of the one reply to a command. */
export function commandTopic(comment: number): string {
  return `command-${comment}`;
}

/** The one reply to a command: what it did, or exactly what is missing. No line of it begins as a command does. */
export function renderCommandReply({ comment, login, outcome }: ToldCommand): string {
  const { title, paragraphs } = isDone(outcome) ? commandDoneText(outcome) : commandRefusalText(outcome);
  const to = login === null ? '' : ` For ${markdownText(clip(login, 100))}.`;
  return [`${commentMarker(commandTopic(comment))}\n**Plumbline: ${title}**${to}`, ...paragraphs].join('\n\n');
}
