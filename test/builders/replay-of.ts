import { collectDecisions } from '../../src/audit/collect-decisions.ts';
import type { DecisionReplay } from '../../src/audit/decision-replay.ts';
import type { AuditReader } from '../../src/flows/ports/audit-log.ts';
import { readEntries } from '../../src/flows/read-audit-log.ts';
import { replayDecisions } from '../../src/flows/replay-decisions.ts';

/** Judges again the decisions of an account's log, from an entry on, as they stand in a store. */
export async function replayOf(audit: AuditReader, account: number, engine: string, from = 0): Promise<DecisionReplay> {
  const size = await audit.size(account);
  const { source, decisions } = collectDecisions({ header: { account, size, checkpoints: [], keys: [] }, batches: readEntries(audit, account, { from, to: size }) }, () => {});
  for await (const _batch of source.batches);
  return await replayDecisions({ account, decisions, engine, snapshots: (digests) => audit.snapshots(account, digests) });
}
