import type { FindingCode } from '../finding-code.ts';
import type { CommandWord } from './command-word.ts';

export type VoteWord = 'approve' | 'unapprove' | 'reject';

/** What somebody typed in a comment, read. Arguments are as typed: nothing in them was looked up or is trusted. */
export type Command =
  | { readonly kind: 'help' | 'status' | 'recheck' }
  | { readonly kind: 'explain'; readonly code: FindingCode }
  /** `scope` is a finding code, an action or `all`; `sha` the beginning of the head that was seen, in lower case. */
  | { readonly kind: VoteWord; readonly scope: string; readonly sha: string; readonly reason: string | null }
  /** `until` is a day of the calendar. */
  | { readonly kind: 'waive'; readonly code: FindingCode; readonly path: string; readonly until: string; readonly reason: string }
  | { readonly kind: 'unwaive'; readonly code: FindingCode; readonly path: string }
  | DriftCommand;

/** What is about behaviours of the whole repository, in whichever pull request it is typed. */
export type DriftCommand =
  /** Measures them now. */
  | { readonly kind: 'drift' }
  | { readonly kind: 'remediate'; readonly behavior: string; readonly isDryRun: boolean; readonly takesOver: boolean }
  | { readonly kind: 'unsuppress'; readonly behavior: string }
  /** `number` is that of a pull request. */
  | { readonly kind: 'rollback'; readonly number: number };

export function isDriftCommand(command: Command): command is DriftCommand {
  return ['drift', 'remediate', 'unsuppress', 'rollback'].includes(command.kind);
}

/**
 * Why a first line that speaks to Plumbline is no command. `disguised`: written with characters that only look like a command.
 * `no_sha`: a vote that does not name the head it is about.
 */
export type Misreading =
  | { readonly kind: 'disguised' }
  | { readonly kind: 'unknown_word'; readonly word: string; readonly suggestion: CommandWord | null }
  | { readonly kind: 'unknown_code'; readonly word: CommandWord; readonly code: string; readonly suggestion: FindingCode | null }
  | { readonly kind: 'no_sha'; readonly word: VoteWord; readonly scope: string; readonly found: string | null }
  /** `found: null`: it is missing. */
  | { readonly kind: 'wrong_argument'; readonly word: CommandWord; readonly argument: string; readonly found: string | null; readonly expected: string };

/** `none`: the comment does not speak to Plumbline. */
export type Reading = { readonly kind: 'none' } | { readonly kind: 'command'; readonly command: Command } | { readonly kind: 'misread'; readonly misreading: Misreading };
