import type { PersonKind } from './contributor.ts';

/** What an account is, by its login as GitHub writes it, where no other word for it was told; an identity that was imported from elsewhere is nobody here. */
export function kindOfLogin(login: string): PersonKind {
  return login.endsWith('[bot]') || login.startsWith('mannequin:') ? 'app' : 'human';
}
