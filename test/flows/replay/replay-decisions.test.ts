import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decisionClaim } from '../../../src/audit/decision-claim.ts';
import type { DecisionClaim } from '../../../src/audit/decision-claim.ts';
import { inputLink, notKeptLink } from '../../../src/audit/snapshot-link.ts';
import { snapshotOf } from '../../../src/audit/snapshot.ts';
import type { Snapshot } from '../../../src/audit/snapshot.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Evidence } from '../../../src/domain/evidence.ts';
import { requiredGates } from '../../../src/domain/gate-name.ts';
import type { ProbeRequest } from '../../../src/domain/probe-request.ts';
import { judge } from '../../../src/flows/judge.ts';
import { replayDecision } from '../../../src/flows/replay-decision.ts';
import type { ReplayedDecision } from '../../../src/flows/replay-decision.ts';
import { replayDecisions } from '../../../src/flows/replay-decisions.ts';
import { toldOfDecision } from '../../../src/flows/told-of-decision.ts';
import { account, aDraft, TestLog } from '../../builders/a-log.ts';
import { evidenceOf } from '../../builders/evidence-of.ts';
import { replayOf } from '../../builders/replay-of.ts';
import { aJudge, says } from '../../probes/judge/a-judge.ts';
import { richChanges } from '../lost-answers/rich-changes.ts';
import { aDecidedLog, appendDecision, judged, keptParts } from './a-decided-log.ts';

const engine = 'plumbline/test';
const changes = [...richChanges.slice(0, 4), ...richChanges.filter(([title]) => title.includes('within its quota'))].map(([, , change]) => change);
const [bump, , , changed] = changes;
assert.ok(bump && changed);

const first = await judged(bump, engine);
const kept = keptParts(first.input);
const claimOf = (log: TestLog): DecisionClaim => {
  const [stored] = log.entriesOf;
  const claim = stored === undefined ? null : decisionClaim({ kind: 'entry', sequence: 0, leaf: Buffer.from(stored.leaf).toString(), leafHash: null, openings: stored.openings });
  assert.ok(claim !== null);
  return claim;
};

/** The entry of the first decision, changed, is judged again from these snapshots. */
async function replayed(claim: Partial<DecisionClaim> = {}, snapshots: readonly Snapshot[] = kept, by = engine): Promise<ReplayedDecision> {
  const log = new TestLog();
  appendDecision(log, first);
  return await replayDecision({ ...claimOf(log), ...claim }, { snapshots: async (digests) => await Promise.resolve(snapshots.filter(({ digest }) => digests.includes(digest))), engine: by });
}

/** Written by somebody who changed what was judged, and whose entry says so. */
async function replayedRoot(change: JsonObject): Promise<ReplayedDecision> {
  const root: JsonObject = JSON.parse(first.input.root.text);
  const forged = snapshotOf(Buffer.from(JSON.stringify({ ...root, ...change })));
  return await replayed({ inputDigest: forged.digest, input: { kind: 'kept', digest: forged.digest } }, [...kept, forged]);
}

suite('replayDecisions()', () => {
  test('gives the same bytes for each decision of a log, and counts them', async () => {
    const { outcome, replayed: again, same, different, notes } = await replayOf(await aDecidedLog(changes, engine), account, engine);
    assert.deepEqual([outcome, again, same, different, notes], ['verified', 5, 5, [], ['5 decisions judged again: all the same.']]);
  });

  test('gives the same bytes for what an outside judge lowered, and asks it nothing', async (t) => {
    const { judge: outside, service, bodies } = await aJudge(t, says({ label: 'contradicted', score: 0 }));
    const [[, , agents] = []] = richChanges.filter(([title]) => title.endsWith('with claims that hold'));
    assert.ok(agents !== undefined);
    const { snapshot, world } = agents;
    const answer = async (requests: readonly ProbeRequest[], before: Evidence): Promise<Evidence> => {
      const questions = requests.filter((request) => request.kind === 'claim-judgement');
      return evidenceOf(requests.filter(({ kind }) => kind !== 'claim-judgement'), world, before).with('claim-judgement', questions.length === 0 ? [] : await outside.askAll(questions));
    };
    const { decision, input } = await judge({ snapshot: { ...snapshot, engine }, requiredGates, prober: { answer } });
    assert.deepEqual([decision.cause, service.requests.length, bodies.length], ['fail', 1, 1]);
    const log = new TestLog();
    appendDecision(log, { decision, input });
    const { outcome, same } = await replayOf(log, account, engine);
    assert.deepEqual([outcome, same, service.requests.length], ['verified', 1, 1]);
  });

  test('names a decision that comes out otherwise, whoever signed it', async () => {
    const log = await aDecidedLog([bump], engine);
    const denied = await judged(changed, engine);
    appendDecision(log, { ...denied, decision: { ...denied.decision, decision: 'allow', cause: 'pass' } });
    const { outcome, same, different, firstWrong } = await replayOf(log, account, engine);
    const message = 'Cannot confirm the decision of entry 1 about "pull-request:7" of "acme/shop": the entry says "allow", judging again gives "deny"; they differ in outcome, after, payload.';
    assert.deepEqual([outcome, same, different, firstWrong?.reason], ['tampered', 1, [{ sequence: 1, repository: 'acme/shop', subject: 'pull-request:7', message }], 'decision_differs']);
  });

  test('is unchecked where a decision could not be judged again, and where there is none', async () => {
    const log = await aDecidedLog([bump], engine);
    log.append(aDraft());
    const { outcome, same, unreplayable, notes } = await replayOf(log, account, engine);
    assert.deepEqual([outcome, same, unreplayable, notes[1]], ['unchecked', 1, 1, 'unreplayable: 1 decisions: an older version of Plumbline made it, which kept nothing of what it judged.']);
    const none = await replayDecisions({ account, decisions: [], snapshots: async () => await Promise.resolve([]), engine });
    assert.deepEqual([none.outcome, none.notes], ['unchecked', ['No decision was judged again: nothing is proven of any.']]);
  });

  test('leaves the decisions of another version to it', async () => {
    const { outcome, replayed: again, engineDiffers, notes } = await replayOf(await aDecidedLog(changes, engine), account, 'plumbline/other');
    assert.deepEqual([outcome, again, engineDiffers, notes[1]], ['unchecked', 0, 5, 'engine_differs: 5 decisions are by "plumbline/test", this is "plumbline/other". Replay them with that version.']);
  });
});

suite('replayDecision()', () => {
  test('is the same for what was not changed, also when the details were erased', async () => {
    assert.deepEqual([await replayed(), await replayed({ payload: null })], [{ kind: 'same' }, { kind: 'same' }]);
  });

  test('finds each part of an entry that says something else', async () => {
    const digest = digestOfBytes('else');
    const found = [];
    for (const claim of [{ outcome: 'hold' }, { after: digest }, { policyDigest: digest }, { head: 'e'.repeat(40) }, { payload: digest }, { after: null }, { policyDigest: null }]) {
      const one = await replayed(claim);
      found.push(one.kind === 'different' ? one.why.replace(/.* differ in /, '') : one.kind);
    }
    assert.deepEqual(found, ['outcome', 'after', 'policyDigest', 'links', 'payload', 'after', 'policyDigest']);
    assert.deepEqual(await replayed({ inputDigest: digest }), { kind: 'different', why: 'what was kept as its input is not what it commits to' });
  });

  test('is unreplayable, never different, when any part was erased or nothing was kept', async () => {
    const erased = { kind: 'unreplayable', why: 'what was judged was erased, or a part of it' };
    assert.ok(kept.length >= 4);
    for (const one of kept) assert.deepEqual(await replayed({}, kept.filter((other) => other !== one)), erased);
    for (const why of ['too-large', 'secret', 'for a reason of a later version']) assert.equal((await replayed({ input: { kind: 'not-kept', why } })).kind, 'unreplayable');
  });

  test('never takes a part that does not hold what its digest says', async () => {
    for (const one of kept) {
      const gzip = Buffer.from(one.gzip);
      gzip[20] = (gzip[20] ?? 0) ^ 1;
      assert.equal((await replayed({}, kept.map((other) => (other === one ? { ...one, gzip } : other)))).kind, 'unreplayable');
    }
  });

  test('finds each thing of what was judged that was changed, though the entry commits to it', async () => {
    const root: JsonObject = JSON.parse(first.input.root.text);
    const snapshot = JSON.parse(JSON.stringify(root['snapshot'])) as JsonObject;
    const evidence = JSON.parse(JSON.stringify(root['evidence'])) as string[];
    const found = [
      await replayedRoot({ gates: ['change', 'contracts', 'drift'] }),
      await replayedRoot({ evidence: [] }),
      await replayedRoot({ files: [] }),
      await replayedRoot({ snapshot: { ...snapshot, now: '2026-11-20T12:00:00.001Z' } }),
      await replayedRoot({ evidence: [...evidence, ...evidence] }),
    ].map(({ kind }) => kind);
    assert.deepEqual(found, ['different', 'different', 'different', 'different', 'different']);
  });

  test('takes whatever somebody wrote as an input for no decision, and never throws', async () => {
    const hostile: readonly JsonObject[] = [{ snapshot: {} }, { snapshot: { version: 1 } }, { gates: ['root'] }, { gates: 'change' }, { files: first.input.root.digest }, { configuration: 'sha256:no' }, { evidence: [first.input.parts[0]?.digest ?? ''] }, { configuration: first.input.parts.at(-1)?.digest ?? '' }];
    for (const change of hostile) assert.deepEqual(await replayedRoot(change), { kind: 'unreplayable', why: 'what was judged can not be read' }, JSON.stringify(change));
    const nothing = snapshotOf(Buffer.from('no JSON'));
    assert.equal((await replayed({ inputDigest: nothing.digest, input: { kind: 'kept', digest: nothing.digest } }, [nothing])).kind, 'unreplayable');
    const emptied = snapshotOf(Buffer.from('{}'));
    const { kind } = await replayedWith(emptied);
    assert.equal(kind, 'different');
  });

  test('leaves an input that a later version wrote in another form to it', async () => {
    assert.deepEqual(await replayedRoot({ version: 2, engine: 'plumbline/9.0.0', files: null }), { kind: 'engine-differs', engine: 'plumbline/9.0.0' });
    assert.deepEqual(await replayedRoot({ version: 2, engine: null }), { kind: 'engine-differs', engine: null });
  });
});

/** The configuration of what was judged is empty: every gate that reads it breaks. */
async function replayedWith(configuration: Snapshot): Promise<ReplayedDecision> {
  const root: JsonObject = JSON.parse(first.input.root.text);
  const forged = snapshotOf(Buffer.from(JSON.stringify({ ...root, configuration: configuration.digest })));
  return await replayed({ inputDigest: forged.digest, input: { kind: 'kept', digest: forged.digest } }, [...kept, configuration, forged]);
}

test('an entry says that what was judged was kept, or why not', async () => {
  const log = new TestLog();
  log.append(aDraft({ ...toldOfDecision(first.decision), links: ['id', notKeptLink('secret')] }));
  assert.deepEqual(claimOf(log).input, { kind: 'not-kept', why: 'secret' });
  assert.equal(inputLink(first.input.root.digest), `input:${first.decision.inputDigest}`);
});
