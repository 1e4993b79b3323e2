import { evaluateJob } from '../job-requests.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { hasHand } from './has-hand.ts';
import { roleOf } from './role-of.ts';

const mostAnHour = 5;
const hour = 3_600_000;

/** Judges the pull request anew, for whoever has a hand in it or may write. */
export async function recheckCommand(run: CommandRun): Promise<CommandResult> {
  const { ports, repository, pullRequest, head } = run;
  if (!(await hasHand(run))) {
    const role = await roleOf(run);
    if (role !== 'write') return { outcome: role === 'unreadable' ? { kind: 'role_unreadable' } : { kind: 'not_allowed', needs: 'hand_or_write' } };
  }
  const since = new Date(ports.clock.now().getTime() - hour);
  const count = await ports.store.transaction((transaction) => transaction.commandsSince(repository.id, pullRequest, 'recheck', since));
  if (count >= mostAnHour) return { outcome: { kind: 'too_often' } };
  return { outcome: { kind: 'rechecking', head }, jobs: [evaluateJob(repository, pullRequest)] };
}
