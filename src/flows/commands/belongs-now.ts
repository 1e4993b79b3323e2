import { foldedLogin } from '../../domain/people/contributor.ts';
import type { CommandRun } from './command-run.ts';

export type BelongsNow = 'yes' | 'no' | 'unreadable';

/** Whether whoever asks is meant, at this moment, by one of the names that a configuration gives to people. What can not be read is no yes. */
export async function belongsNow(run: Pick<CommandRun, 'github' | 'askedBy'>, names: readonly string[]): Promise<BelongsNow> {
  let isUnreadable = false;
  for (const name of new Set(names)) {
    try {
      if (await belongs(run, name)) return 'yes';
    } catch {
      isUnreadable = true;
    }
  }
  return isUnreadable ? 'unreadable' : 'no';
}

async function belongs({ github, askedBy: { login } }: Pick<CommandRun, 'github' | 'askedBy'>, name: string): Promise<boolean> {
  if (name === 'admins') return (await github.permission(login)) === 'admin';
  if (name === 'owners') return github.isOwner(login);
  if (name === 'writers') return github.canWrite(login);
  return name.startsWith('team:') ? github.isInTeam(login, name.slice('team:'.length)) : foldedLogin(name) === `user:${foldedLogin(login)}`;
}
