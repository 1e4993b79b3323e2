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

/** A command as it is run: who typed it where, and what stands there at this moment. */
export interface CommandRun {
  readonly ports: FlowPorts;
  readonly github: GitHubRepository;
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly comment: number;
  readonly askedBy: Person;
  /** When the comment was written, by GitHub's clock. */
  readonly askedAt: string;
  /** The head, read just now. */
  readonly head: Sha;
  /** The newest decision about exactly this head. */
  readonly decision: DecisionRecord | null;
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
