import type { CommandRecord } from '../../domain/command/command-record.ts';

/** What a store keeps of commands, within its transactions. */
export interface CommandStore {
  /** Keeps, for ever, that the command of a comment was run. @returns Whether it was not kept before: who is told so MUST do nothing in its name. */
  recordCommand(command: CommandRecord): Promise<boolean>;
  hasCommand(repositoryId: number, comment: number): Promise<boolean>;
  /** How many commands of this word were done for a pull request since the instant. */
  commandsSince(repositoryId: number, pullRequest: number, word: CommandRecord['word'], since: Date): Promise<number>;
  /** When a command of this word was last done in a repository, in whatever pull request; null: never. */
  lastCommand(repositoryId: number, word: CommandRecord['word']): Promise<Date | null>;
}
