import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { CommandRun } from './command-run.ts';
import { roleOf } from './role-of.ts';

/** Why whoever asks may not have something written at this moment; null: they may. */
export async function refusalToWrite(asker: Pick<CommandRun, 'github' | 'askedBy'>): Promise<CommandRefusal | null> {
  const role = await roleOf(asker);
  if (role === 'write') return null;
  return role === 'unreadable' ? { kind: 'role_unreadable' } : { kind: 'not_allowed', needs: 'write' };
}
