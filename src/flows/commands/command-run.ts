import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { Effect, Person } from '../../domain/effect.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { DecisionRecord } from '../ports/decision-store.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import type { JobRequest } from '../ports/job-queue.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** What somebody asks for about a pull request, through whatever door, and what stands there at this moment. */
export interface AskedRun {
  readonly ports: FlowPorts;
  readonly github: GitHubRepository;
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly askedBy: Person;
  /** Where it was said, as a vote names it: `comment:<id>`. */
  readonly source: string;
  /** When it was said: a comment's time is by GitHub's clock. */
  readonly askedAt: string;
  /** The head, read just now. */
  readonly head: Sha;
  /** The newest decision about exactly this head. */
  readonly decision: DecisionRecord | null;
}

/** A command as it is run: who typed it in which comment. */
export interface CommandRun extends AskedRun {
  readonly comment: number;
}

/** What a command comes to. All of it is kept in one transaction with the reply. */
export interface CommandResult {
  readonly outcome: CommandOutcome;
  readonly votes?: readonly VoteRecord[];
  readonly effects?: readonly Effect[];
  readonly jobs?: readonly JobRequest[];
  /** What else is kept with it. */
  readonly keep?: (transaction: StoreTransaction) => Promise<void>;
}

/** A result, or the wish to be asked again when the head was judged. */
export type CommandAnswer = CommandResult | 'wait';
