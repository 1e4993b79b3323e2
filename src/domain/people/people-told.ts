import type { Person } from '../effect.ts';
import type { Permission } from './permission.ts';

/** People who are asked about together. */
export interface PeopleAsked {
  readonly teams: readonly { readonly login: string; readonly team: string }[];
  /** Logins. */
  readonly permissions: readonly string[];
  readonly accounts: readonly Person[];
}

/** Each in the order in which it was asked. */
export interface PeopleTold {
  /** Whether each is an active member of the team, or of one below it; null of a team that is not there, or not shown. */
  readonly inTeams: readonly (boolean | null)[];
  /** Null where it was not told together. */
  readonly permissions: readonly (Permission | null)[];
  /** Whether each account has its login now; null where nobody who is shown has it. */
  readonly accounts: readonly (boolean | null)[];
}
