import type { Group } from './group.ts';

/** Somebody by the login under which they were told last. */
export interface Member {
  readonly login: string;
  /** Of the account, which stays when its login changes, as the login may go to another one then; null where only the login is known. */
  readonly id: number | null;
}

/** Whether a person belongs to a group now. */
export interface Membership extends Member {
  readonly group: Group;
}

/** What is told of it. */
export type MembershipAnswer =
  | {
      readonly kind: 'told';
      /** Whatever the account is called now. */
      readonly login: string;
      /** Null of a team that GitHub does not show: nobody is known to be outside of it, and asking again would not change that. */
      readonly isIn: boolean | null;
    }
  /** There is no such account any more, or GitHub shows it to nobody. */
  | { readonly kind: 'gone' };
