import type { DecisionClaim } from '../audit/decision-claim.ts';
import type { DecisionReplay, DifferentDecision } from '../audit/decision-replay.ts';
import { quote } from '../audit/quote.ts';
import { replayDecision } from './replay-decision.ts';
import type { SnapshotReader } from './replay-decision.ts';

export interface DecisionsToReplay {
  readonly account: number;
  readonly decisions: readonly DecisionClaim[];
  readonly snapshots: SnapshotReader;
  /** Why what was judged may not be there, in words; left out: it was erased. */
  readonly lacks?: string;
  /** `plumbline/<version>`: of whoever judges again. */
  readonly engine: string;
  /** Told now and then how many decisions were looked at. */
  readonly onProgress?: (decisions: number) => void;
}

/** Makes every decision of a verified log again, one after the other, and counts what comes out. */
export async function replayDecisions({ account, decisions, snapshots, engine, lacks, onProgress }: DecisionsToReplay): Promise<DecisionReplay> {
  let [same, seen] = [0, 0];
  const different: DifferentDecision[] = [];
  const engines = new Map<string, number>();
  const reasons = new Map<string, number>();
  for (const claim of decisions) {
    const replayed = await replayDecision(claim, { snapshots, engine, ...(lacks === undefined ? {} : { lacks }) });
    switch (replayed.kind) {
      case 'same':
        same += 1;
        break;
      case 'different':
        different.push(differentDecision(claim, replayed.why));
        break;
      case 'engine-differs':
        count(engines, replayed.engine ?? 'a later version');
        break;
      case 'unreplayable':
        count(reasons, replayed.why);
    }
    onProgress?.((seen += 1));
  }
  const [engineDiffers, unreplayable] = [sumOf(engines), sumOf(reasons)];
  const [first] = different;
  return {
    outcome: outcomeOf({ same, different: different.length, doubtful: engineDiffers + unreplayable }),
    account,
    replayed: same + different.length,
    same,
    engineDiffers,
    unreplayable,
    different,
    firstWrong: first === undefined ? null : { reason: 'decision_differs', ...first },
    notes: notesOf({ same, different, engines, reasons, engine }),
  };
}

function differentDecision({ sequence, repository, subject }: DecisionClaim, why: string): DifferentDecision {
  return { sequence, repository, subject, message: `Cannot confirm the decision of entry ${sequence} about ${quote(subject)}${repository === null ? '' : ` of ${quote(repository)}`}: ${why}.` };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}

/** What could not be judged again is no yes. */
function outcomeOf({ same, different, doubtful }: { readonly same: number; readonly different: number; readonly doubtful: number }): DecisionReplay['outcome'] {
  if (different > 0) return 'tampered';
  return same > 0 && doubtful === 0 ? 'verified' : 'unchecked';
}

interface Found {
  readonly same: number;
  readonly different: readonly DifferentDecision[];
  readonly engines: ReadonlyMap<string, number>;
  readonly reasons: ReadonlyMap<string, number>;
  readonly engine: string;
}

function notesOf({ same, different, engines, reasons, engine }: Found): readonly string[] {
  const replayed = same + different.length;
  const result = different.length === 0 ? 'all the same' : `${different.length} came out otherwise`;
  return [
    replayed === 0 ? 'No decision was judged again: nothing is proven of any.' : `${replayed} decisions judged again: ${result}.`,
    ...different.slice(1).map(({ message }) => message),
    ...[...engines].map(([name, times]) => `engine_differs: ${times} decisions are by ${quote(name)}, this is ${quote(engine)}. Replay them with that version.`),
    ...[...reasons].map(([why, times]) => `unreplayable: ${times} decisions: ${why}.`),
  ];
}
