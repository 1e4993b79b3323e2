import type { Member } from './membership.ts';
import type { Permission } from './permission.ts';

/** People who are asked about together. */
export interface PeopleAsked {
  readonly teams: readonly { readonly login: string; readonly team: string }[];
  /** Logins. */
  readonly permissions: readonly string[];
  /** Of one without an id it is asked whether anybody has its login. */
  readonly accounts: readonly Member[];
}

/** Each in the order in which it was asked. */
export interface PeopleTold {
  /** Whether each is an active member of the team, or of one below it; null of a team that is not there, or not shown. */
  readonly inTeams: readonly (boolean | null)[];
  /** Null where it was not told together. */
  readonly permissions: readonly (Permission | null)[];
  /** Whether each has its login now, whoever it is where no id was given; null where nobody who is shown has it. */
  readonly accounts: readonly (boolean | null)[];
}
