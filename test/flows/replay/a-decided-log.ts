import { inputLink } from '../../../src/audit/snapshot-link.ts';
import { snapshotOf } from '../../../src/audit/snapshot.ts';
import type { Snapshot as KeptSnapshot } from '../../../src/audit/snapshot.ts';
import { requiredGates } from '../../../src/domain/gate-name.ts';
import type { JudgedInput } from '../../../src/domain/judged-input/judged-input.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { judge } from '../../../src/flows/judge.ts';
import type { Judgement } from '../../../src/flows/judge.ts';
import { toldOfDecision } from '../../../src/flows/told-of-decision.ts';
import { aDraft, TestLog } from '../../builders/a-log.ts';
import { evidenceOf } from '../../builders/evidence-of.ts';
import type { RichChange } from '../lost-answers/rich-change.ts';

export async function judged({ snapshot, world }: RichChange, engine: string): Promise<Judgement> {
  return await judge({ snapshot: { ...snapshot, engine }, requiredGates, prober: { answer: async (requests, before) => await Promise.resolve(evidenceOf(requests, world, before)) } });
}

/** As the server keeps them. */
export function keptParts({ root, parts }: JudgedInput): readonly KeptSnapshot[] {
  return [...parts, root].map(({ text }) => snapshotOf(new TextEncoder().encode(text)));
}

export function appendDecision(log: TestLog, { decision, input }: Pick<Judgement, 'decision' | 'input'>): void {
  const known = new Set(log.snapshotsOf.map(({ digest }) => digest));
  log.snapshotsOf.push(...keptParts(input).filter(({ digest }) => !known.has(digest)));
  const payload: JsonValue = JSON.parse(JSON.stringify(decision));
  log.append(aDraft({ ...toldOfDecision(decision), payload, links: ['id', `commit:${decision.head}`, inputLink(input.root.digest)] }));
}

/** The decisions about these changes, with all that they were made of. */
export async function aDecidedLog(changes: readonly RichChange[], engine: string): Promise<TestLog> {
  const log = new TestLog();
  for (const change of changes) appendDecision(log, await judged(change, engine));
  return log;
}
