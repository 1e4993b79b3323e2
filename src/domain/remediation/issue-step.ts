import type { Digest } from '../digest.ts';
import { daysAfter, isBefore } from '../instant.ts';
import { closingDays } from './closing-days.ts';
import type { Suppression } from './remediation-record.ts';

/** What is known of the issue about one drift when its next step is chosen. Instants are ISO 8601. */
export interface IssueState {
  readonly now: string;
  /** All but `unknown` confirmed. `gone`: the behaviour is. `other`: the behaviour drifts in another way now. */
  readonly standing: 'drifts' | 'clean' | 'gone' | 'other' | 'unknown';
  /** Digest of what it has to say; null: there is nothing for an issue to say. */
  readonly wanted: Digest | null;
  /** Whether nothing may be opened now. */
  readonly isHeld: boolean;
  /** Number of what tells of the other drift; null for none. */
  readonly successor: number | null;
  /** The one on record, as GitHub shows it; null for none. */
  readonly issue: StandingIssue | null;
  readonly suppressions: readonly Suppression[];
  /** When somebody last took decisions back. */
  readonly unsuppressedAt: string | null;
  /** Whether it comes and goes: nothing is opened then. */
  readonly isFlapping: boolean;
}

export interface StandingIssue {
  readonly number: number;
  /** What it was written for; null: not known. */
  readonly content: Digest | null;
  /** `gone`: deleted, or moved to another repository. */
  readonly state: { readonly kind: 'open' | 'gone' } | { readonly kind: 'closed'; readonly at: string; readonly by: 'human' | 'us' | 'unknown' };
}

export type IssueStep =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'open' }
  | { readonly kind: 'edit'; readonly number: number }
  /** What we closed, since the drift is back. */
  | { readonly kind: 'reopen'; readonly number: number; readonly closedAt: string }
  /** `by`: the number of what tells of the other drift. */
  | { readonly kind: 'close'; readonly number: number; readonly note: { readonly why: 'clean' | 'gone' } | { readonly why: 'other'; readonly by: number } }
  /** Writes our record alone. */
  | { readonly kind: 'suppress'; readonly number: number; readonly until: string; readonly reason: 'closed_by_human' | 'closed_by_unknown' }
  /** It comes and goes: a person has to look. */
  | { readonly kind: 'alert'; readonly number: number };

const nothing: IssueStep = { kind: 'nothing' };

/** What to do next about the issue of one drift. One step at a time: after it everything is read again. What is not known changes nothing. */
export function issueStep(state: IssueState): IssueStep {
  const { standing, issue, successor } = state;
  switch (standing) {
    case 'unknown':
      return nothing;
    case 'clean':
    case 'gone':
      return issue?.state.kind === 'open' ? { kind: 'close', number: issue.number, note: { why: standing } } : nothing;
    case 'other':
      return issue?.state.kind === 'open' && successor !== null && successor !== issue.number ? { kind: 'close', number: issue.number, note: { why: 'other', by: successor } } : nothing;
    case 'drifts':
      return state.wanted === null ? nothing : wantedStep(state, state.wanted);
  }
}

function wantedStep(state: IssueState, wanted: Digest): IssueStep {
  const { issue, isFlapping } = state;
  const isHeld = state.isHeld || isFlapping;
  if (issue === null) return isHeld ? nothing : { kind: 'open' };
  const { number, state: its } = issue;
  if (its.kind === 'open') return issue.content === wanted ? nothing : { kind: 'edit', number };
  if (its.kind === 'closed' && its.by === 'us') {
    if (isFlapping) return { kind: 'alert', number };
    return isHeld ? nothing : { kind: 'reopen', number, closedAt: its.at };
  }
  return refusedStep(state, issue) ?? (isHeld ? nothing : { kind: 'open' });
}

/** While the close of somebody else stands; null where it does not, or not any more. Deleting is for those who administer a repository: it is a close. */
function refusedStep({ now, suppressions, unsuppressedAt }: IssueState, { number, state }: StandingIssue): IssueStep | null {
  const recorded = suppressions.find((one) => one.number === number) ?? null;
  const byHuman = state.kind !== 'closed' || state.by === 'human';
  const days = byHuman ? closingDays.human : closingDays.unknown;
  const at = state.kind === 'closed' ? state.at : recorded === null ? now : daysAfter(recorded.until, -days);
  // What can not be dated stands as if it were of now, until it is taken back.
  const isDated = !Number.isNaN(Date.parse(at));
  const until = daysAfter(isDated ? at : now, days);
  if (unsuppressedAt !== null && (!isDated || isBefore(at, unsuppressedAt))) return null;
  if (!isBefore(now, until)) return null;
  return recorded === null ? { kind: 'suppress', number, until, reason: byHuman ? 'closed_by_human' : 'closed_by_unknown' } : nothing;
}
