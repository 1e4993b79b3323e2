import { isSameLogin } from './contributor.ts';
import type { Name } from './name.ts';

/** Whether a name means whoever has this login, and no group that they may be in. */
export function isLoginOf(login: string, name: Name): boolean {
  return isSameLogin(`user:${login}`, name);
}
