import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSnapshot } from '../../../src/audit/open-snapshot.ts';
import { inputOfLinks } from '../../../src/audit/snapshot-link.ts';
import { isDigest } from '../../../src/domain/digest.ts';
import { bodyScans } from '../../../src/domain/body-scan.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import { requiredGates } from '../../../src/domain/gate-name.ts';
import { partsOfRoot, readInputRoot } from '../../../src/domain/judged-input/read-input-root.ts';
import { whyNotKept } from '../../../src/domain/judged-input/why-not-kept.ts';
import { writeJudgedInput } from '../../../src/domain/judged-input/write-judged-input.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { Answer } from '../../../src/domain/probe-answer.ts';
import { evaluatePullRequest } from '../../../src/flows/evaluate-pull-request.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { markedSecret } from '../../builders/marked-secrets.ts';
import { replayOf } from '../../builders/replay-of.ts';
import { aContract, aGovernedWorld, aWorld } from '../a-world.ts';
import { brokenAt, entriesOf } from '../pushed-world.ts';
import type { World } from '../pushed-world.ts';

/** A governed world with a pull request that was judged, which brings these files. */
async function judged(brought: Readonly<Record<string, string>>, { body, configuration }: { readonly body?: string; readonly configuration?: string } = {}): Promise<World> {
  const world = aGovernedWorld(aWorld({}, requiredGates));
  if (configuration !== undefined) world.github.commit('main', { '.github/plumbline.yml': configuration });
  world.github.branch('topic', 'main');
  world.github.commit('topic', brought);
  world.github.openPull(1, 'topic');
  if (body !== undefined) world.github.bodies.set(1, body);
  await world.evaluate(1);
  return world;
}

/** What each decision's entry says of its input. */
async function inputsOf(world: World) {
  return (await entriesOf(world)).filter(({ event }) => event === 'decision.made').map(({ links, inputDigest }) => ({ input: inputOfLinks(links), inputDigest }));
}

/** The parts of each decision, by digest. */
async function partsOf(world: World): Promise<readonly (readonly string[])[]> {
  const roots = (await inputsOf(world)).flatMap(({ input }) => (input?.kind === 'kept' ? [input.digest] : []));
  return await Promise.all(
    roots.map(async (root) => {
      const [snapshot] = await world.store.audit.snapshots(1, [root]);
      const opened = snapshot === undefined ? null : openSnapshot(snapshot);
      const reading = opened?.kind === 'content' ? readInputRoot(opened.content) : null;
      assert.ok(reading?.kind === 'root');
      return partsOfRoot(reading.root);
    }),
  );
}

const bump = { 'contracts/checkout.yaml': aContract({ contractVersion: '1.0.1', spec: '{limit: 2}' }) };

test('what a decision was made of is kept under the digest that the decision names', async () => {
  const world = await judged(bump);
  const [first] = await inputsOf(world);
  assert.deepEqual(first?.input, { kind: 'kept', digest: first?.inputDigest });
  const { outcome, same } = await replayOf(world.store.audit, 1, world.ports.engine);
  assert.deepEqual([outcome, same], ['verified', 1]);
});

test('a decision that is made again keeps only what was not judged before', async () => {
  const world = await judged(bump);
  world.clock.advance(60_000);
  await world.evaluate(1);
  const [before = [], after = []] = await partsOf(world);
  const [one, two] = await inputsOf(world);
  assert.notEqual(one?.inputDigest, two?.inputDigest);
  // The second time it is asked with another now.
  assert.deepEqual([before.length, after.slice(0, 3), after.length], [4, before.slice(0, 3), 4]);
});

test('what was judged is kept with its decision or not at all', async () => {
  const world = await judged(bump);
  const before = await entriesOf(world);
  world.clock.advance(60_000);
  await assert.rejects(evaluatePullRequest(brokenAt(world, 'keepInputs'), { repository: world.github.ref, number: 1 }), { code: 'STORE_UNAVAILABLE' });
  assert.deepEqual(await entriesOf(world), before);
});

test('a decision of which a part is erased while it is kept is not kept, and made anew', async () => {
  const world = await judged(bump);
  const before = await entriesOf(world);
  world.clock.advance(60_000);
  const [parts = []] = await partsOf(world);
  const erasing: typeof world.ports = {
    ...world.ports,
    store: {
      ...world.store,
      transaction: (work) =>
        world.store.transaction((transaction) =>
          work({
            ...transaction,
            keepInputs: async (account, some) => {
              await transaction.eraseInputs(account, [], (await transaction.keptInputs(account, parts.filter(isDigest))).slice(0, 1).map(({ digest }) => digest));
              await transaction.keepInputs(account, some);
            },
          }),
        ),
    },
  };
  await assert.rejects(evaluatePullRequest(erasing, { repository: world.github.ref, number: 1 }), { code: 'SUPERSEDED' });
  assert.deepEqual(await entriesOf(world), before);
  await world.evaluate(1);
  assert.equal((await replayOf(world.store.audit, 1, world.ports.engine)).same, 2);
});

test('a change that may bring a secret is not passed on by the audit log', async () => {
  const world = await judged({ 'src/a.ts': `const key = '${markedSecret}';\n`, ...bump });
  assert.deepEqual((await inputsOf(world)).map(({ input }) => input), [{ kind: 'not-kept', why: 'secret' }]);
  assert.deepEqual((await replayOf(world.store.audit, 1, world.ports.engine)).notes, ['No decision was judged again: nothing is proven of any.', 'unreplayable: 1 decisions: what was judged was not kept, as a secret may stand in it.']);
});

test('a secret in the text of a pull request is not passed on by the audit log either, whoever wrote it and whatever it is about', async () => {
  const configuration = 'version: 1\nhallucination: {evidence: [".plumbline/evidence/*.json"]}\n';
  const world = await judged(bump, { body: `Uses ${markedSecret}.`, configuration });
  assert.deepEqual((await inputsOf(world)).map(({ input }) => input), [{ kind: 'not-kept', why: 'secret' }]);
  const clean = await judged(bump, { body: 'Uses nothing.', configuration });
  assert.deepEqual((await inputsOf(clean)).map(({ input }) => input?.kind), ['kept']);
});

test('a text of a pull request in which nobody looked for secrets is not kept', () => {
  const snapshot = aSnapshot();
  const withBody = { ...snapshot, change: { ...snapshot.change, body: 'Fine.' } };
  const whyOf = (of: typeof snapshot, evidence = new Evidence()) => whyNotKept(writeJudgedInput({ snapshot: of, requiredGates, evidence }), { snapshot: of, evidence });
  const scanned = new Evidence().with('secrets', bodyScans(withBody).map((scan) => [scan, { kind: 'answered', value: { kind: 'scanned', secrets: [] } }]));
  assert.deepEqual([whyOf(withBody), whyOf(withBody, scanned), whyOf(snapshot)], ['secret', null, null]);
});

test('a change in which nobody could look for secrets is not kept either', async () => {
  const whyWith = (answer: Answer<'secrets'>): string | null => {
    const evidence = new Evidence().with('secrets', [[{ kind: 'secrets', blob: 'a'.repeat(40), path: 'a', text: 'a' }, answer]]);
    const judged = { snapshot: aSnapshot(), requiredGates, evidence };
    return whyNotKept(writeJudgedInput(judged), judged);
  };
  assert.deepEqual(
    [whyWith({ kind: 'unavailable', why: 'the scanner is gone' }), whyWith({ kind: 'answered', value: { kind: 'undecided', why: 'too long' } }), whyWith({ kind: 'answered', value: { kind: 'scanned', secrets: [] } })],
    ['secret', 'secret', null],
  );
});

test('more than is kept is not kept', () => {
  const contents = (bytes: number) => {
    const answers = Array.from({ length: 16 }, (_, index) => [{ kind: 'blob', blob: String(index), size: null }, { kind: 'answered', value: { kind: 'bytes', bytes: new Uint8Array(bytes).fill(97) } }] as const);
    const evidence = new Evidence().with('blob', answers);
    const judged = { snapshot: aSnapshot(), requiredGates, evidence };
    return whyNotKept(writeJudgedInput(judged), judged);
  };
  assert.deepEqual([contents(limits.inputBytes / 16), contents(limits.inputBytes / 16 - 1_000)], ['too-large', null]);
});
