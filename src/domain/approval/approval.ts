/** A counted human yes to one held finding. */
export interface Approval {
  readonly login: string;
  /** The highest tier that the person may approve, who then may approve what asks for less; null: none. */
  readonly tier: 'tier2' | 'tier3' | null;
  /** Whether the person is an admin of the repository. */
  readonly admin: boolean;
  /** `keyOfFinding` of what it releases. */
  readonly covers: string;
}
