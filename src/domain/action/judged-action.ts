import type { Digest } from '../digest.ts';
import type { FindingCode } from '../finding-code.ts';
import type { ApproverGroup } from '../held-item.ts';
import type { Action, ActionSubject } from './action.ts';

/** What governance made of one action. Part of the decision record. */
export interface JudgedAction extends Pick<Action, 'action' | 'tier' | 'why' | 'paths'> {
  /** Names it among those of its change. */
  readonly name: string;
  readonly subject: ActionSubject;
  /** `unasked`: who may do it was not asked, since nobody is known on the command line. */
  readonly outcome: 'pass' | 'fail' | 'hold' | 'inconclusive' | 'unasked';
  /** What lets it pass, or what stands in the way, as one sentence. */
  readonly because: string;
  /** `keyOfFinding` of what tells of it; empty where nothing does. */
  readonly findings: readonly string[];
  /** The whitelist entry that lets it pass, or would if enough people agreed; null: none does. */
  readonly whitelistedBy: string | null;
  /** People who may let it pass; null where none are asked, or none can. */
  readonly release: ReleaseOfAction | null;
  /** What a yes to it is bound to: another one is the same action with other content or under other rules. Left out of what is free, and by an engine that did not tell it. */
  readonly binding?: Digest;
}

export interface ReleaseOfAction {
  /** What a command names where that is not the action: the code of what holds it. */
  readonly scope?: FindingCode;
  readonly from: ApproverGroup;
  /** `user:<login>`, `team:<slug>`, `admins`, `owners`. */
  readonly names: readonly string[];
  readonly count: number;
  readonly approvedBy: readonly string[];
}
