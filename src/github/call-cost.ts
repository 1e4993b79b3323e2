import type { CallKind } from './classify.ts';

/** What one call takes of the budgets of an installation. */
export interface CallCost {
  /** GitHub's points a minute: a read is 1, a write 5. */
  readonly points: number;
  /** Whether people may be told of it, which GitHub limits by itself. */
  readonly createsContent: boolean;
  readonly opensPullRequest: boolean;
}

/** @param route Method and path, `POST /repos/{owner}/{repo}/pulls`. */
export function costOf({ kind, route }: { readonly kind: CallKind; readonly route: string }): CallCost {
  const opensPullRequest = route.startsWith('POST ') && route.endsWith('/pulls');
  const createsContent = opensPullRequest || (route.startsWith('POST ') && /\/(?:comments|issues|reactions)$/.test(route));
  return { points: kind === 'read' ? 1 : 5, createsContent, opensPullRequest };
}

/** One remediation from nothing to an open pull request: its read, six writes, and two that people are told of. */
export const wholeRemediation = { points: 1 + 6 * 5, content: 2, pullRequests: 1 } as const;
