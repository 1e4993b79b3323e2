import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DriftState } from '../../src/domain/behavior/drift-state.ts';
import type { CalibrationLabels } from '../../src/domain/calibration/calibration-labels.ts';
import { compareStrictness } from '../../src/domain/decision.ts';
import type { Decision, Disposition } from '../../src/domain/decision.ts';
import { keyOf } from '../../src/domain/probe-key.ts';
import type { Answer } from '../../src/domain/probe-answer.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { ProbeKind, ProbeRequest } from '../../src/domain/probe-request.ts';
import type { Contributors } from '../../src/domain/people/contributor.ts';
import type { Vote } from '../../src/domain/people/vote.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { GateName } from '../../src/domain/gate-name.ts';
import { judge } from '../../src/flows/judge.ts';
import { bytesOf } from '../builders/content.ts';
import { evidenceOf } from '../builders/evidence-of.ts';
import { said, yes } from './lost-answers/rich-change.ts';
import type { RichChange } from './lost-answers/rich-change.ts';
import { richChanges } from './lost-answers/rich-changes.ts';

interface JudgedOnce {
  readonly decision: Decision;
  readonly asked: readonly ProbeRequest[];
}

/** Puts another answer in the place of that which the world gave. */
type Instead = (requests: readonly ProbeRequest[], evidence: Evidence) => Evidence;

interface ChangeToJudge extends RichChange {
  /** Left out: all of them. */
  readonly gates?: readonly GateName[];
}

/** What the gates decide together, and what they asked for it. Whatever rests on another answer is asked and answered anew. */
async function judgeIn({ snapshot, world, gates = requiredGates }: ChangeToJudge, instead: Instead = (_requests, evidence) => evidence): Promise<JudgedOnce> {
  const asked = new Map<string, ProbeRequest>();
  const answer = async (requests: readonly ProbeRequest[], before: Evidence): Promise<Evidence> => {
    for (const request of requests) asked.set(keyOf(request), request);
    return instead(requests, evidenceOf(requests, world, before));
  };
  const { decision } = await judge({ snapshot, prober: { answer }, requiredGates: gates });
  return { decision, asked: [...asked.values()] };
}

/** The decision without one answer. */
async function judgeWithout(change: ChangeToJudge, lost: ProbeRequest): Promise<Decision> {
  const key = keyOf(lost);
  const { decision } = await judgeIn({ ...change, world: { ...change.world, unavailable: (request) => keyOf(request) === key } });
  return decision;
}

/** Decisions with what might have been the answer instead; null: whatever it was, no change may get any further without it. */
async function judgeOtherwise(change: ChangeToJudge, lost: ProbeRequest): Promise<readonly Decision[] | null> {
  const key = keyOf(lost);
  const judged = async (instead: Instead): Promise<Decision> => (await judgeIn(change, (requests, evidence) => (requests.some((request) => keyOf(request) === key) ? instead(requests, evidence) : evidence))).decision;
  if (lost.kind === 'membership') return Promise.all([true, false].map((isIn) => judged((_requests, evidence) => evidence.with('membership', [[lost, { kind: 'answered', value: { kind: 'told', login: lost.login, isIn } }]]))));
  if (lost.kind === 'blob') return Promise.all(otherContents.map((value) => judged((_requests, evidence) => evidence.with('blob', [[lost, value]]))));
  if (lost.kind === 'contributors') return Promise.all(otherContributors.map((value) => judged((_requests, evidence) => evidence.with('contributors', [[lost, { kind: 'answered', value }]]))));
  if (lost.kind === 'votes') return Promise.all(otherVotes.map((value) => judged((_requests, evidence) => evidence.with('votes', [[lost, { kind: 'answered', value }]]))));
  if (lost.kind === 'calibration') return Promise.all(otherLabels.map((value) => judged((_requests, evidence) => evidence.with('calibration', [[lost, { kind: 'answered', value }]]))));
  if (lost.kind === 'drift-state') return Promise.all(otherStates.map((value) => judged((_requests, evidence) => evidence.with('drift-state', [[lost, { kind: 'answered', value }]]))));
  return null;
}

const otherStates: readonly (DriftState | null)[] = [null, { state: 'drift', since: '2026-11-20T11:00:00Z', scannedAt: '2026-11-20T11:30:00Z', why: 'it drifted' }];

const otherContents: readonly Answer<'blob'>[] = [
  { kind: 'answered', value: { kind: 'bytes', bytes: new Uint8Array() } },
  { kind: 'answered', value: { kind: 'bytes', bytes: bytesOf('SECRETother and {{ nonsense') } },
  { kind: 'answered', value: { kind: 'bytes', bytes: Uint8Array.of(0xff, 0, 0xfe) } },
  { kind: 'answered', value: { kind: 'too-large', size: 1e9 } },
];

const otherLabels: readonly CalibrationLabels[] = [false, true].map((good) => ({ scores: [{ score: 950, labels: 80, good: good ? 80 : 0 }], repository: { labels: 80, good: good ? 80 : 0 } }));

const otherContributors: readonly Contributors[] = [
  { people: [], unknown: [{ kind: 'unseen', why: 'a head that nobody saw arrive' }] },
  { people: [{ login: 'eve', id: 66, kind: 'human', via: ['pusher'] }, { login: 'ann', id: 67, kind: 'human', via: ['asked'] }], unknown: null },
];

const otherVotes: readonly (readonly Vote[])[] = [[], yes('ann', 'bob'), [said('ann', 'reject')]];

const strictness: Readonly<Record<Disposition, number>> = { allow: 0, hold: 1, deny: 2 };
const told = ({ decision, cause }: Decision): string => `${decision} (${cause})`;
const stands = (lost: ProbeRequest): string => keyOf(lost).slice(0, 80);

/** The decision, once without each of its answers none was any laxer. @param isLost Left out: all of them. */
async function judgeWithoutEach(change: ChangeToJudge, isLost: (lost: ProbeRequest) => boolean = () => true): Promise<Decision> {
  const { decision, asked } = await judgeIn(change);
  for (const lost of asked.filter(isLost)) {
    const without = await judgeWithout(change, lost);
    assert.ok(strictness[without.decision] >= strictness[decision.decision], `${told(decision)} becomes ${told(without)} without ${stands(lost)}`);
    assert.ok(compareStrictness(without, decision) >= 0 || without.cause === 'inconclusive', `${told(decision)} becomes ${told(without)} without ${stands(lost)}`);
    assert.ok(decision.cause === 'fail' || without.cause !== 'fail', `${told(decision)} is refused for want of ${stands(lost)}`);
    if (without.decision === 'deny') continue;
    const others = await judgeOtherwise(change, lost);
    for (const other of others ?? []) assert.ok(strictness[other.decision] <= strictness[without.decision], `${told(without)} without ${stands(lost)}, which may have been what makes it ${told(other)}`);
    assert.ok(others !== null || change.gates !== undefined, `${told(without)} without ${stands(lost)}`);
  }
  return decision;
}

/** What the gates before tell the actions from. */
const toldByOthers = new Set<ProbeKind>(['releases', 'paths', 'schema-versions', 'record', 'comparison', 'blob']);

const lostKinds = new Set<ProbeKind>();

suite('a lost answer', () => {
  for (const [title, cause, change] of richChanges) {
    test(`never lets ${title} get any further, nor refuses it for want of it`, async () => {
      const decision = await judgeWithoutEach(change, ({ kind }) => lostKinds.add(kind).has(kind));
      assert.equal(decision.cause, cause, JSON.stringify(decision.verdicts.flatMap(({ findings }) => findings), null, 1));
    });

    test(`never lets ${title} get any further where governance alone is asked`, async () => {
      await judgeWithoutEach({ ...change, gates: ['governance'] }, ({ kind }) => toldByOthers.has(kind));
    });
  }

  test('was one of every kind', () => assert.deepEqual([...lostKinds].toSorted(), everyKind.toSorted()));
});

const kinds: Readonly<Record<ProbeKind, true>> = { blob: true, releases: true, paths: true, 'schema-versions': true, record: true, validation: true, comparison: true, signature: true, 'organization-blob': true, 'operator-keys': true, contributors: true, votes: true, membership: true, secrets: true, 'file-at': true, 'commit-protected': true, 'check-run': true, package: true, imports: true, calibration: true, 'usage-window': true, 'claim-judgement': true, 'pinned-bundle': true, 'behavior-reading': true, 'drift-state': true, policies: true };
const everyKind = Object.keys(kinds);
