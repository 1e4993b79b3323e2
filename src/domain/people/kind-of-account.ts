import type { PersonKind } from './contributor.ts';

/** What an account is, by GitHub's word for it. Who is no user is nobody who can approve. */
export function kindOfAccount(type: string): PersonKind {
  return type === 'User' ? 'human' : 'app';
}
