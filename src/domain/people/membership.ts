import type { Group } from './group.ts';

/** Whether a person belongs to a group. */
export interface Membership {
  readonly login: string;
  readonly group: Group;
}
