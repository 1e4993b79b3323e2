/** A counted human yes: permission and binding were checked where it was collected. */
export interface Approval {
  readonly login: string;
  readonly scope: 'all' | (string & {});
  /** The head that was approved; absent means the judged head (only the CLI's context may leave it out). */
  readonly sha?: string;
  readonly tier: 'tier2' | 'tier3';
  /** Whether the person is an admin of the repository. */
  readonly admin: boolean;
  readonly at: string;
}
