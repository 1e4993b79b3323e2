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
  /** The whitelist entry that it matches; null: none. */
  readonly whitelistedBy: string | null;
  /** People who may let it pass; null where none are asked, or none can. */
  readonly release: ReleaseOfAction | null;
}

export interface ReleaseOfAction {
  readonly from: ApproverGroup;
  /** `user:<login>`, `team:<slug>`, `admins`, `owners`. */
  readonly names: readonly string[];
  readonly count: number;
  readonly approvedBy: readonly string[];
}
