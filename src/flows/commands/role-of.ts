import type { CommandRun } from './command-run.ts';

/** What whoever asks may do in the repository at this moment. What can not be read is never taken for a yes. */
export async function roleOf({ github, askedBy }: Pick<CommandRun, 'github' | 'askedBy'>): Promise<'write' | 'none' | 'unreadable'> {
  try {
    return (await github.canWrite(askedBy.login)) ? 'write' : 'none';
  } catch {
    return 'unreadable';
  }
}
