import type { Command } from './command.ts';

/** A command that was run or refused: what its comment said, and when. */
export interface CommandRecord {
  readonly repositoryId: number;
  readonly pullRequest: number;
  /** Id of the comment. */
  readonly comment: number;
  /** `misread`: the comment spoke to Plumbline, but was no command. */
  readonly word: Command['kind'] | 'misread';
  /** Whether it did what it says. */
  readonly isDone: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
}
