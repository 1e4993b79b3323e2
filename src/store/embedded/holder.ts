import { readFile } from 'node:fs/promises';
import { object, nullable, text, integer } from '../form/shape.ts';
import { storedForm } from '../form/stored-form.ts';
import { isListening } from './presence.ts';

/** A process, told apart from any other that ever had its number on this machine. */
export interface Holder {
  readonly pid: number;
  /** Start time in clock ticks since boot; null where the system has no /proc. */
  readonly startedAt: string | null;
  readonly boot: string | null;
  /** Socket in the directory on which it can be called; null when the path is too long for one. */
  readonly presence: string | null;
}

const holderForm = storedForm<Holder>('a lock', object({ pid: integer, startedAt: nullable(text), boot: nullable(text), presence: nullable({ type: 'string', pattern: '^[0-9a-f]{16}\\.sock$' }) }));

export async function ownHolder(presence: string | null): Promise<Holder> {
  return { pid: process.pid, startedAt: (await processAt(process.pid))?.startedAt ?? null, boot: await bootId(), presence };
}

export async function holderOf(path: string): Promise<Holder | 'gone' | 'unreadable'> {
  try {
    return holderForm.read(await readFile(path, 'utf8'));
  } catch (thrown) {
    return isMissing(thrown) ? 'gone' : 'unreadable';
  }
}

/**
 * Whether it may still write. Dead only when its boot is over, or when both its number is free (or another's) and nobody
 * answers on its socket: a process in another container has numbers of its own, but the same kernel answers for its socket.
 */
export async function isAlive(directory: string, holder: Holder): Promise<boolean> {
  const boot = await bootId();
  if (holder.boot !== null && boot !== null && holder.boot !== boot) return false;
  if (await isRunning(holder)) return true;
  return holder.presence !== null && (await isListening(directory, holder.presence));
}

async function isRunning(holder: Holder): Promise<boolean> {
  if (!isPresent(holder.pid)) return false;
  const now = await processAt(holder.pid);
  if (now === null || holder.startedAt === null) return true;
  return now.startedAt === holder.startedAt && !now.isOver;
}

function isPresent(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
}

/** Fields 3 and 22 of proc(5) stat; the name before them may hold spaces and brackets. */
async function processAt(pid: number): Promise<{ readonly startedAt: string; readonly isOver: boolean } | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startedAt = fields[19];
    return startedAt === undefined ? null : { startedAt, isOver: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return null;
  }
}

async function bootId(): Promise<string | null> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  } catch {
    return null;
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
