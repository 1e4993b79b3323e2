import { setTimeout as pause } from 'node:timers/promises';
import { auditTail } from '../audit-tail.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';

export interface AuditToTail {
  readonly account: number | null;
  readonly count: number;
  readonly isFollowing: boolean;
  readonly format: 'pretty' | 'json';
}

const lookEveryMs = 1_000;

export async function tailAudit(terminal: Terminal, { isFollowing, ...wanted }: AuditToTail): Promise<number> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const follow = async (): Promise<boolean> => {
    await pause(lookEveryMs, undefined, { signal: stop.signal }).catch(() => {});
    return !stop.signal.aborted;
  };
  try {
    return await withCommandStore(terminal, async ({ audit }) => await auditTail({ ...wanted, audit, follow: isFollowing ? follow : null, output: auditOutputOf(terminal) }));
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}
