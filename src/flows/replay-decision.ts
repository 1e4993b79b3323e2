import type { DecisionClaim } from '../audit/decision-claim.ts';
import { openSnapshot } from '../audit/open-snapshot.ts';
import { quote } from '../audit/quote.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import { canonicalBytes } from '../domain/canonical.ts';
import type { Decision } from '../domain/decision.ts';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { failureOf } from '../domain/failure.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { partsOfRoot, readInputRoot } from '../domain/judged-input/read-input-root.ts';
import { readJudgedInput } from '../domain/judged-input/read-judged-input.ts';
import type { RecordedInput } from '../domain/judged-input/read-judged-input.ts';
import { judge } from './judge.ts';
import { recordedProber } from './recorded-prober.ts';
import { toldOfDecision } from './told-of-decision.ts';

/** Those of the named snapshots that are there, in any order. */
export type SnapshotReader = (digests: readonly Digest[]) => Promise<readonly Snapshot[]>;

export type ReplayedDecision =
  | { readonly kind: 'same' }
  /** `why` in words: what the entry says and what comes out. */
  | { readonly kind: 'different'; readonly why: string }
  /** Null where its version can not be told. */
  | { readonly kind: 'engine-differs'; readonly engine: string | null }
  | { readonly kind: 'unreplayable'; readonly why: string };

export interface Replaying {
  readonly snapshots: SnapshotReader;
  /** `plumbline/<version>`: of whoever judges again. */
  readonly engine: string;
  /** Why what was judged may not be there, in words; left out: it was erased. */
  readonly lacks?: string;
}

/**
 * Makes a decision again from what was kept of its input, and compares it with its entry, byte for byte. Asks nobody: every question
 * is answered as it was answered then. Its log must have been verified. Whatever lacks makes it unreplayable, never different.
 */
export async function replayDecision(claim: DecisionClaim, { snapshots, engine, lacks = erased }: Replaying): Promise<ReplayedDecision> {
  const { input } = claim;
  if (input === null) return unreplayable('an older version of Plumbline made it, which kept nothing of what it judged');
  if (input.kind === 'not-kept') return unreplayable(notKept[input.why] ?? 'what was judged was not kept');
  if (input.digest !== claim.inputDigest) return { kind: 'different', why: 'what was kept as its input is not what it commits to' };
  const root = (await contentsOf(snapshots, [input.digest])).get(input.digest);
  if (root === undefined) return unreplayable(lacks);
  const reading = readInputRoot(root);
  if (reading.kind === 'newer') return { kind: 'engine-differs', engine: reading.engine };
  if (reading.kind === 'problem') return unreplayable(illegible);
  if (reading.root.engine !== engine) return { kind: 'engine-differs', engine: reading.root.engine };
  const wanted = partsOfRoot(reading.root);
  const parts = await contentsOf(snapshots, wanted);
  if (parts.size < wanted.length) return unreplayable(lacks);
  const recorded = readJudgedInput(reading.root, parts);
  return recorded === null ? unreplayable(illegible) : await judgeAgain(claim, recorded);
}

const erased = 'what was judged was erased, or a part of it';
const illegible = 'what was judged can not be read';
const notKept: Readonly<Record<string, string>> = { 'too-large': 'what was judged was too large to be kept', secret: 'what was judged was not kept, as a secret may stand in it' };

async function judgeAgain(claim: DecisionClaim, { snapshot, requiredGates, answers }: RecordedInput): Promise<ReplayedDecision> {
  try {
    const { decision } = await judge({ snapshot, requiredGates, prober: recordedProber(answers) });
    return compared(claim, decision);
  } catch (thrown) {
    return { kind: 'different', why: `it can not be judged again: ${failureOf(thrown, 'GATE_FAILED').message}` };
  }
}

function compared(claim: DecisionClaim, decision: Decision): ReplayedDecision {
  const { outcome, after, policyDigest, inputDigest } = toldOfDecision(decision);
  const differs = [
    ...(outcome === claim.outcome ? [] : ['outcome']),
    ...(after === claim.after ? [] : ['after']),
    ...(policyDigest === claim.policyDigest ? [] : ['policyDigest']),
    ...(inputDigest === claim.inputDigest ? [] : ['inputDigest']),
    ...(decision.head === claim.head ? [] : ['links']),
    ...(claim.payload === null || claim.payload === payloadDigest(decision) ? [] : ['payload']),
  ];
  return differs.length === 0 ? { kind: 'same' } : { kind: 'different', why: `the entry says ${quote(claim.outcome)}, judging again gives ${quote(outcome)}; they differ in ${differs.join(', ')}` };
}

function payloadDigest(decision: Decision): Digest {
  const payload: JsonValue = JSON.parse(JSON.stringify(decision));
  return digestOfBytes(canonicalBytes(payload));
}

function unreplayable(why: string): ReplayedDecision {
  return { kind: 'unreplayable', why };
}

async function contentsOf(snapshots: SnapshotReader, digests: readonly Digest[]): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const contents = new Map<Digest, Uint8Array>();
  for (let from = 0; from < digests.length; from += atOnce) {
    for (const snapshot of await snapshots(digests.slice(from, from + atOnce))) {
      const opened = openSnapshot(snapshot);
      if (opened.kind === 'content') contents.set(snapshot.digest, opened.content);
    }
  }
  return contents;
}

const atOnce = 50;
