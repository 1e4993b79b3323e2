import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import { isWithin } from './is-within.ts';
import { judgeCheckpoint } from './judge-checkpoint.ts';
import { createLogTrees } from './log-trees.ts';
import type { LogTrees } from './log-trees.ts';
import type { Anchor, AnchorAnswer, CheckpointToAnchor } from './ports/anchor.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { AuditWatch } from './ports/audit-watch.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

export interface AnchoringPorts {
  readonly store: { readonly audit: AuditLog; readonly auditWatch: AuditWatch };
  readonly anchors: readonly Anchor[];
  /** Those of the server; what a log says about keys leads on from them. */
  readonly keys: readonly TrustedKey[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Makes what publishes the newest checkpoint of each log at each anchor. Trouble with an anchor never stops appending and is tried
 * again with the next run; what stands at an anchor, is signed with our key and contradicts the log blocks it.
 */
export function createAnchoring(ports: AnchoringPorts): (signal: AbortSignal) => Promise<void> {
  const trees = createLogTrees(ports.store.audit);
  /** What was told, by anchor and account: once, not at every run. */
  const told = new Set<string>();
  return async (signal) => {
    for (const anchor of ports.anchors) {
      signal.throwIfAborted();
      const due = await dueAt(ports, trees, anchor);
      if (due.length > 0) await publish(ports, { anchor, due, told });
    }
  };
}

async function dueAt(ports: AnchoringPorts, trees: LogTrees, anchor: Anchor): Promise<readonly CheckpointToAnchor[]> {
  const due: CheckpointToAnchor[] = [];
  for (const account of await ports.store.audit.accounts()) {
    const one = await dueOf(ports, trees, { anchor, account });
    if (one !== null) due.push(one);
  }
  return due;
}

async function dueOf(ports: AnchoringPorts, trees: LogTrees, { anchor, account }: { readonly anchor: Anchor; readonly account: number }): Promise<CheckpointToAnchor | null> {
  const { audit, auditWatch } = ports.store;
  if ((await audit.blocked(account)) !== null) {
    // Whoever lifts the block may have restored another state of it.
    trees.forget(account);
    return null;
  }
  const last = (await auditWatch.anchored(account)).find((one) => one.anchor === anchor.name);
  const known = last?.size ?? 0;
  const stored = (await audit.checkpoints(account, known)).at(-1);
  if (last !== undefined && (stored === undefined || stored.size <= known || isWithin(last.at, anchor.everyMs, ports.clock.now()))) return null;
  const reading = stored === undefined ? null : readCheckpoint(stored.note);
  // A log that was not sealed, or whose checkpoint can not be read: sealing tells.
  if (stored === undefined || reading?.kind !== 'checkpoint') return null;
  return toAnchor(ports, trees, { account, known, note: stored.note, checkpoint: reading.checkpoint });
}

interface Newest {
  readonly account: number;
  readonly known: number;
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

function toAnchor({ store, keys }: AnchoringPorts, trees: LogTrees, { account, known, note, checkpoint }: Newest): CheckpointToAnchor {
  return {
    account,
    size: checkpoint.size,
    note,
    known,
    consistencyFrom: async (size) => await trees.consistency(account, size, checkpoint),
    judge: async (text) => await judgeCheckpoint({ audit: store.audit, keys, trees, account, newest: checkpoint, known }, text),
  };
}

interface Publishing {
  readonly anchor: Anchor;
  readonly due: readonly CheckpointToAnchor[];
  readonly told: Set<string>;
}

async function publish(ports: AnchoringPorts, publishing: Publishing): Promise<void> {
  const { anchor, due } = publishing;
  let answers: ReadonlyMap<number, AnchorAnswer>;
  try {
    answers = await anchor.publish(due);
  } catch (thrown) {
    const failure = failureOf(thrown, 'PROBE_FAILED');
    answers = new Map(due.map(({ account }) => [account, { kind: 'failed', failure }]));
  }
  for (const checkpoint of due) {
    await settle(ports, publishing, checkpoint, answers.get(checkpoint.account) ?? { kind: 'failed', failure: new Failure('PROBE_FAILED', `Cannot anchor the log of account ${checkpoint.account} at ${anchor.name}: it gave no answer. It is tried again.`) });
  }
}

async function settle({ store, clock, log }: AnchoringPorts, { anchor, told }: Publishing, { account, size }: CheckpointToAnchor, answer: AnchorAnswer): Promise<void> {
  const key = `${account} ${anchor.name}`;
  switch (answer.kind) {
    case 'anchored':
      await store.auditWatch.saveAnchored(account, { anchor: anchor.name, size, at: clock.now(), cosignature: answer.cosignature });
      if (told.delete(key)) log.info('checkpoint anchored again', { account, anchor: anchor.name, size });
      return;
    case 'contradiction': {
      const why = `At the anchor ${anchor.name} ${answer.why}.`;
      await store.audit.block(account, why);
      log.error('audit log contradicts its anchor', { account, anchor: anchor.name, failure: new Failure('AUDIT_TAMPERED', `Cannot anchor the log of account ${account}: ${why} Appending is blocked; verify it with plumbline audit verify --checkpoint.`) });
      return;
    }
    case 'failed':
      if (!told.has(key)) log.error('checkpoint not anchored', { account, anchor: anchor.name, size, failure: answer.failure });
      told.add(key);
  }
}
