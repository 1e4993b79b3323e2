/** What somebody may do in a repository, by GitHub's names; `none` for whom it does not know there. */
export type Permission = (typeof permissions)[number];

export const permissions = ['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const;

export function mayWrite(permission: Permission): boolean {
  return permission === 'admin' || permission === 'maintain' || permission === 'write';
}
