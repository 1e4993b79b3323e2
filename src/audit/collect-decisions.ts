import { decisionClaim } from './decision-claim.ts';
import type { DecisionClaim } from './decision-claim.ts';
import type { LogItem, LogSource } from './log-source.ts';
import type { Snapshot } from './snapshot.ts';

/** The same log, and what it says of its decisions, complete once the log was read to its end. Each snapshot is handed over as it comes. */
export function collectDecisions(source: LogSource, keep: (snapshot: Snapshot) => void): { readonly source: LogSource; readonly decisions: readonly DecisionClaim[] } {
  const decisions: DecisionClaim[] = [];
  return { source: { ...source, batches: collecting(source.batches, { decisions, keep }) }, decisions };
}

interface Collection {
  readonly decisions: DecisionClaim[];
  readonly keep: (snapshot: Snapshot) => void;
}

/** Nothing of it is believed before the log is verified. */
async function* collecting(batches: AsyncIterable<readonly LogItem[]>, { decisions, keep }: Collection): AsyncGenerator<readonly LogItem[]> {
  for await (const batch of batches) {
    for (const item of batch) {
      if (item.kind === 'snapshot') keep(item);
      const claim = item.kind === 'entry' ? decisionClaim(item) : null;
      if (claim !== null) decisions.push(claim);
    }
    yield batch;
  }
}
