import type { RemediationWish } from './remediation/remediation-wish.ts';
import type { Sha } from './tree.ts';

export type CheckConclusion = 'success' | 'failure' | 'action_required' | 'cancelled' | 'neutral';

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Only with startLine = endLine, as GitHub demands. */
  readonly startColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** A button of a check run. GitHub takes three, with 20 characters of label and identifier and 40 of description. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** The state that a check run shall have. Text is rendered and within GitHub's limits. */
export interface CheckState {
  readonly status: 'in_progress' | 'completed';
  /** Null while in progress. */
  readonly conclusion: CheckConclusion | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
  /** What a reader may ask for with a click; left out: nothing. */
  readonly actions?: readonly CheckAction[];
}

/** A file of a commit, whole. */
export interface CommittedFile {
  readonly path: string;
  readonly text: string;
}

/** A person on GitHub. The id stays when the login changes. */
export interface Person {
  readonly login: string;
  readonly id: number;
}

/** What our App answers a command with before, and after, words. */
export type Reaction = 'eyes' | 'rocket' | 'confused';

/**
 * A requested outward write, as a wanted state: performing it twice is performing it once.
 * `key` is its idempotency key and, for a check run, its external id.
 */
export type Effect =
  | { readonly kind: 'check'; readonly key: string; readonly name: string; readonly head: Sha; readonly state: CheckState }
  /** One comment per pull request and topic, edited in place. */
  | { readonly kind: 'comment'; readonly key: string; readonly pullRequest: number; readonly topic: string; readonly body: string }
  /** Our App's reaction to a comment. GitHub keeps one of each content, however often it is asked for. */
  | { readonly kind: 'reaction'; readonly key: string; readonly comment: number; readonly content: Reaction }
  /** One pull request from a branch of our own with one commit. */
  | {
      readonly kind: 'pull-request';
      readonly key: string;
      readonly branch: string;
      readonly base: string;
      /** Tip of the base on which the branch begins. */
      readonly from: Sha;
      readonly title: string;
      readonly text: string;
      readonly headline: string;
      /** Ends in a trailer with the key, by which the commit is found again after an ambiguous answer. */
      readonly body: string;
      readonly files: readonly CommittedFile[];
      readonly askedBy: Person;
      /** The comment that asked for it, and the head that it was about. */
      readonly asked: { readonly pullRequest: number; readonly comment: number; readonly head: Sha; readonly word: 'waive' | 'unwaive' };
    }
  /** What somebody wishes of the remediations of a behaviour. Granted where the lease on the behaviour is held, if they still may by then. */
  | {
      readonly kind: 'remediation';
      readonly key: string;
      readonly behavior: string;
      readonly wish: RemediationWish;
      readonly askedBy: Person;
      /** The comment that asked for it, and when it was written: ISO 8601. */
      readonly asked: { readonly pullRequest: number; readonly comment: number; readonly at: string };
    }
  /** One commit on the head of a pull request, made on exactly this head or not at all. */
  | {
      readonly kind: 'commit';
      readonly key: string;
      readonly pullRequest: number;
      readonly branch: string;
      readonly head: Sha;
      readonly headline: string;
      /** Ends in a trailer with the key, by which the commit is found again after an ambiguous answer. */
      readonly body: string;
      readonly files: readonly CommittedFile[];
      /** Who asked for it, and so has a hand in the change. */
      readonly askedBy: Person;
    };

/** A commit on exactly this head of a branch. */
export type CommitToMake = Pick<Extract<Effect, { kind: 'commit' }>, 'branch' | 'head' | 'headline' | 'body' | 'files'>;

/** The message of a commit as git keeps it. */
export function commitMessage({ headline, body }: Pick<CommitToMake, 'headline' | 'body'>): string {
  return `${headline}\n\n${body}`;
}

/** Marker by which our one comment for a topic is found again. */
export function commentMarker(topic: string): string {
  return `<!-- plumbline:${topic} -->`;
}
