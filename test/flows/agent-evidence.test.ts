import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeDigestOf } from '../../src/domain/agent-evidence/change-digest-of.ts';
import { Failure } from '../../src/domain/failure.ts';
import { aFile } from '../builders/a-file.ts';
import { aCitation, aClaim, aFencedBlock, anEvidenceDocument, aSubject } from '../builders/an-evidence-document.ts';
import { recordCloseJob } from '../../src/flows/job-requests.ts';
import { markedSecret } from '../builders/marked-secrets.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = `version: 1
hallucination:
  agents: [{login: "*[bot]", operator: "team:makers"}]
governance:
  approvals: {tier2: {count: 1, from: ["team:reviewers"]}, tier3: {count: 2, from: ["team:reviewers"]}}
`;
const [before, after, later] = ['export const total = 1;\n', 'export const total = 2;\n', 'export const total = 3;\n'];
const file = '.plumbline/evidence/a.json';

/** Evidence about an edit of the cart. */
function evidenceAbout(head: string, overrides: Parameters<typeof anEvidenceDocument>[0] = {}) {
  const subject = aSubject({ change_digest: changeDigestOf({ files: [aFile({ path: 'src/cart.ts', base: before, head })] }, []) });
  return anEvidenceDocument({ subject, claims: [aClaim({ citations: [] })], ...overrides });
}

/** Pull request 1 by an agent, which edits the cart. */
async function anAgentsWorld(files: Readonly<Record<string, string>> = {}, text = configuration) {
  const world = aDeliveredWorld();
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': text, 'src/cart.ts': before, 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' });
  github.teams.set('reviewers', new Set(['ann', 'bob', 'max']));
  github.teams.set('makers', new Set(['max']));
  await world.receive(world.opens(1, 'robot[bot]', { 'src/cart.ts': after, ...files }));
  await world.settle();
  const check = (name: string) => github.check(name, world.headOf(1))?.state;
  const says = async (login: string, line: string): Promise<void> => {
    await world.receive(world.comments(1, login, line));
    await world.settle();
  };
  const codes = async (): Promise<readonly string[]> => (await world.decisionOn(1))?.decision.verdicts.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'hold' || severity === 'deny' || severity === 'unknown').map(({ code }) => code)) ?? [];
  return { ...world, check, says, codes, approve: (login: string) => says(login, `/plumbline approve all ${world.headOf(1).slice(0, 12)} looked at it`) };
}

const carried = { confidence: { score: 0.9, method: 'verbalized' }, claims: [aClaim({ citations: [{ id: 'q1', type: 'repo', path: 'docs/cart.md', start_line: 3, end_line: 3, quote: 'The cart adds up its items, with taxes.', role: 'supports' }] })] };

describe('what becomes of a change of an agent', () => {
  it('counts for what its next one is worth', async () => {
    const world = await anAgentsWorld({ [file]: JSON.stringify(evidenceAbout(after, carried)) });
    const { github, store } = world;
    const confidenceIn = async (number: number) => (await world.decisionOn(number))?.decision.verdicts.find(({ gate }) => gate === 'hallucination')?.verification?.confidence;
    assert.deepEqual(await confidenceIn(1), { self_reported: 0.9, calibrated: 0.5, n_labels: 0, agents: ['robot[bot]'] });
    assert.deepEqual((await store.transaction((transaction) => transaction.confidenceOf(github.ref.id, 1))).map(({ agent, hasVerifiedCritical }) => [agent, hasVerifiedCritical]), [['robot[bot]', true]]);
    const facts = github.pulls.get(1);
    assert.ok(facts);
    github.conclusions.set(facts.head, 'success');
    github.pulls.set(1, { ...facts, state: 'merged', mergeCommit: 'f'.repeat(40) });
    await world.enqueue(recordCloseJob(github.ref, 1));
    await world.settle();
    world.clock.advance(14 * 86_400_000);
    await world.receive(world.opens(2, 'Robot[bot]', { 'src/cart.ts': after, [file]: JSON.stringify(evidenceAbout(after, carried)) }));
    await world.settle();
    // (1 + 20 * 2/3) / 21, cut.
    assert.deepEqual(await confidenceIn(2), { self_reported: 0.9, calibrated: 0.6825, n_labels: 1, agents: ['Robot[bot]'] });
  });
});

describe('evidence of an agent', () => {
  it('is asked for by a check of its own that holds, and a person releases it who does not operate the agent', async () => {
    const world = await anAgentsWorld();
    assert.deepEqual([world.conclusionOf(1), world.check('plumbline / hallucination')?.conclusion, await world.codes()], ['action_required', 'action_required', ['hallucination/evidence_missing']]);
    await world.approve('max');
    assert.equal(world.conclusionOf(1), 'action_required');
    await world.approve('ann');
    assert.deepEqual([world.conclusionOf(1), world.check('plumbline / hallucination')?.conclusion], ['success', 'success']);
  });

  it('in the text of a pull request is judged when it is written, and again when it is edited', async () => {
    const world = await anAgentsWorld();
    await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(evidenceAbout(after))));
    await world.settle();
    assert.deepEqual(await world.codes(), ['hallucination/confidence_low']);
    assert.match(world.check('plumbline / hallucination')?.summary ?? '', /### What the agent claims \(1 claim\)/);
    await world.receive(world.writes(1, 'robot[bot]', aFencedBlock({ version: 1 })));
    await world.settle();
    assert.deepEqual([world.conclusionOf(1), new Set(await world.codes())], ['failure', new Set(['hallucination/evidence_invalid'])]);
  });

  it('passes where each claim quotes what stands on the default branch, and fails where one quotes what nobody wrote', async () => {
    const world = await anAgentsWorld({ [file]: JSON.stringify(evidenceAbout(after, { claims: [aClaim()] })) });
    assert.deepEqual([world.conclusionOf(1), await world.codes()], ['success', []]);
    const invented = await anAgentsWorld({ [file]: JSON.stringify(evidenceAbout(after, { claims: [aClaim({ citations: [aCitation({ quote: 'The cart adds up its items, without taxes.' })] })] })) });
    assert.deepEqual([invented.conclusionOf(1), await invented.codes()], ['failure', ['hallucination/confidence_low', 'hallucination/quote_absent']]);
  });

  it('attack: does not pass by a quote from the head of the agent or from the branch of another pull request', async () => {
    const world = await anAgentsWorld();
    const [head, other] = [world.headOf(1), world.github.commit('elsewhere', { 'docs/cart.md': 'The cart adds up its items, with taxes and fees.\n' })];
    const citing = async (revision: string, quote: string, path: string): Promise<readonly (string | null | undefined)[]> => {
      await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(evidenceAbout(after, { claims: [aClaim({ citations: [aCitation({ revision, quote, path, start_line: 1, end_line: 1 })] })] }))));
      await world.settle();
      return [world.conclusionOf(1), ...(await world.codes())];
    };
    assert.deepEqual(await citing(head, 'export const total = 2;', 'src/cart.ts'), ['action_required', 'hallucination/confidence_low']);
    assert.deepEqual(await citing(other, 'The cart adds up its items, with taxes and fees.', 'docs/cart.md'), ['action_required', 'hallucination/confidence_low']);
    assert.deepEqual(await citing('f'.repeat(40), 'The cart adds up its items, with taxes and fees.', 'docs/cart.md'), ['failure', 'hallucination/citation_missing', 'hallucination/confidence_low']);
  });

  it('with a secret is refused, whether in a file or in the text of the pull request, and the audit log passes nothing of it on', async () => {
    const document = evidenceAbout(after, { claims: [aClaim({ text: `The cart is opened with ${markedSecret}` })] });
    for (const [files, text] of [[{ [file]: JSON.stringify(document) }, ''], [{}, aFencedBlock(document)]] as const) {
      const world = await anAgentsWorld(files);
      await world.receive(world.writes(1, 'robot[bot]', text));
      await world.settle();
      const entries = (await world.store.audit.entries(world.github.ref.account.id, 0, 10_000)).map(({ leaf }) => new TextDecoder().decode(leaf));
      assert.deepEqual([world.conclusionOf(1), (await world.codes()).includes('hallucination/evidence_invalid')], ['failure', true]);
      assert.deepEqual([entries.filter((entry) => entry.includes(markedSecret)), entries.filter((entry) => entry.includes('"decision.made"')).at(-1)?.includes('unreplayable:secret')], [[], true]);
    }
  });

  it('binds a yes: other evidence for the same change voids it, and the same evidence again does not', async () => {
    const world = await anAgentsWorld();
    const texts = [evidenceAbout(after), evidenceAbout(after, { id: 'another' })].map((document) => aFencedBlock(document));
    const conclusions: unknown[] = [];
    for (const text of [texts[0], texts[1], texts[0]]) {
      await world.receive(world.writes(1, 'robot[bot]', text ?? ''));
      await world.settle();
      if (conclusions.length === 0) await world.approve('ann');
      conclusions.push(world.conclusionOf(1));
    }
    assert.deepEqual(conclusions, ['success', 'action_required', 'success']);
  });

  it('is charged once however often it is judged, denies the change at once that passes a quota, and is told once', async () => {
    const spent = (tokens: number) => ({ usage: [{ 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': tokens, 'gen_ai.usage.output_tokens': 0 }] });
    const quotas = configuration.replace('governance:', '  quotas: [{scope: organization, tokensPerDay: 100}]\ngovernance:');
    const world = await anAgentsWorld({}, quotas);
    for (const [tokens, conclusion] of [[90, 'action_required'], [90, 'action_required'], [11, 'failure']] as const) {
      await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(evidenceAbout(after, spent(tokens)))));
      await world.settle();
      assert.equal(world.conclusionOf(1), conclusion);
    }
    assert.deepEqual([(await world.codes()).includes('usage/quota_exceeded'), await world.auditEvents().then((events) => events.filter((event) => event.startsWith('usage.')))], [true, ['usage.charged', 'usage.near', 'usage.charged', 'usage.exceeded']]);
  });

  it('in a file is bound to the change: a push to a changed file makes it stale, and no yes to the former one counts', async () => {
    const world = await anAgentsWorld({ [file]: JSON.stringify(evidenceAbout(after)) });
    assert.deepEqual(await world.codes(), ['hallucination/confidence_low']);
    await world.approve('ann');
    assert.equal(world.conclusionOf(1), 'success');
    await world.receive(world.pushes(1, 'robot[bot]', { 'src/cart.ts': later }));
    await world.settle();
    assert.deepEqual([world.conclusionOf(1), await world.codes()], ['action_required', ['hallucination/evidence_unbound']]);
  });

  it('passes a merge group with the yes that its pull request has', async () => {
    const world = await anAgentsWorld();
    await world.approve('ann');
    await world.receive(world.opens(2, 'mona', { 'README.md': 'shop\n' }));
    await world.settle();
    await world.receive(world.queues({ 1: { 'src/cart.ts': after }, 2: { 'README.md': 'shop\n' } }));
    await world.settle();
    assert.equal(world.github.check('plumbline', world.github.branches.get('queue') ?? '')?.state.conclusion, 'success');
  });

  it('in a merge group is verified by a check run of the head of its pull request', async () => {
    const { world, cites } = await aTestedWorld();
    await world.ends(7, 'success');
    await cites(7);
    await world.receive(world.opens(2, 'mona', { 'README.md': 'shop\n' }));
    await world.settle();
    await world.receive(world.queues({ 1: { 'src/cart.ts': after }, 2: { 'README.md': 'shop\n' } }));
    await world.settle();
    assert.match(world.github.check('plumbline / hallucination', world.github.branches.get('queue') ?? '')?.state.summary ?? '', /check run tests, success\]\([^)]*\/runs\/7\): verified/);
  });

  it('of a person without an agent is asked of nobody', async () => {
    const world = await anAgentsWorld();
    await world.receive(world.opens(2, 'mona', { 'src/cart.ts': later }));
    await world.settle();
    assert.deepEqual([world.conclusionOf(2), world.conclusionOf(2, 'plumbline / hallucination')], ['success', undefined]);
  });

  it('is waited for while it is not known who pushed a head, and asked of nobody once its author opened the pull request again', async () => {
    const world = await anAgentsWorld();
    await world.receive(world.opens(2, 'mona', { 'src/cart.ts': later }));
    world.pushes(2, 'mona', { 'src/cart.ts': after }); // Its delivery is lost.
    await world.evaluate(2);
    const { decision } = (await world.decisionOn(2)) ?? {};
    assert.deepEqual([decision?.decision, decision?.cause, world.conclusionOf(2, 'plumbline / hallucination')], ['deny', 'inconclusive', 'failure']);
    await world.receive(world.reopens(2, 'mona'));
    await world.settle();
    assert.deepEqual([world.conclusionOf(2), world.conclusionOf(2, 'plumbline / hallucination')], ['success', 'success']);
  });

  it('is waited for where not all commits of a change can be listed, with the way out', async () => {
    const world = await anAgentsWorld();
    world.github.unreadable.add(2);
    await world.receive(world.opens(2, 'mona', { 'src/cart.ts': later }));
    await world.settle();
    const findings = (await world.decisionOn(2))?.decision.verdicts.flatMap((one) => one.findings.map(({ code }) => code));
    assert.deepEqual([world.conclusionOf(2), findings], ['action_required', ['governance/contributors_unknown', 'hallucination/not_checkable']]);
    await world.receive(world.comments(2, 'ann', `/plumbline approve all ${world.headOf(2).slice(0, 12)} looked at it`));
    await world.settle();
    assert.equal(world.conclusionOf(2), 'action_required');
  });

  it('is asked for until the configuration says otherwise, which nobody here may allow: taking the last agent or glob away loosens', async () => {
    const evidence = configuration.replace('hallucination:', 'hallucination:\n  evidence: ["claims/*.json"]');
    for (const [before, head] of [[configuration, configuration.replace(/hallucination:\n.*\n/, '')], [evidence, configuration]] as const) {
      const world = await anAgentsWorld({}, before);
      await world.receive(world.opens(2, 'mona', { '.github/plumbline.yml': head }));
      await world.settle();
      for (const login of ['ann', 'bob']) {
        await world.receive(world.comments(2, login, `/plumbline approve all ${world.headOf(2).slice(0, 12)} looked at it`));
        await world.settle();
      }
      const denied = (await world.decisionOn(2))?.decision.verdicts.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'deny').map(({ code }) => code)).toSorted();
      assert.deepEqual([world.conclusionOf(2), denied], ['failure', ['governance/loosening', 'governance/not_whitelisted', 'governance/not_whitelisted']]);
    }
  });
});

/** A pull request of an agent whose evidence quotes what carries the change, and cites a check run for its tests. */
async function aTestedWorld() {
  const world = await anAgentsWorld();
  const ends = async (id: number, conclusion: string, head = world.headOf(1), app?: { readonly id: number; readonly slug: string }): Promise<void> => {
    await world.receive(world.endsRun(id, head, conclusion, app));
    await world.settle();
  };
  const cites = async (id: number): Promise<void> => {
    const tests = aClaim({ id: 'c2', kind: 'test_result', critical: false, text: 'All tests pass', citations: [{ id: 'q1', type: 'check_run', revision: String(id), role: 'supports' }] });
    await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(evidenceAbout(after, { claims: [aClaim(), tests] }))));
    await world.settle();
  };
  const runs = (head: string, id: number, status: string): void => void world.github.runs.set(id, { kind: 'found', run: { head, name: 'tests', status, conclusion: null, app: { slug: 'ci', isOwn: false } } });
  const judged = async (): Promise<number> => (await world.auditEvents()).filter((event) => event === 'decision.made').length;
  return { world: { ...world, ends }, cites, runs, judged };
}

describe('a check run that a claim about tests cites', () => {
  it('is waited for while it runs, and the change is judged again when it has ended', async () => {
    const { world, cites, runs, judged } = await aTestedWorld();
    runs(world.headOf(1), 7, 'in_progress');
    await cites(7);
    assert.deepEqual([world.conclusionOf(1), await world.codes()], ['failure', ['hallucination/confidence_low', 'hallucination/unverifiable']]);
    const before = await judged();
    await world.ends(7, 'success');
    assert.deepEqual([world.conclusionOf(1), (await judged()) - before], ['success', 1]);
    assert.match(world.check('plumbline / hallucination')?.summary ?? '', /\/runs\/7\): verified/);
  });

  it('denies what its end denies, also where it is run again', async () => {
    const { world, cites } = await aTestedWorld();
    await world.ends(7, 'success');
    await cites(7);
    const says = async (): Promise<unknown> => (await world.decisionOn(1))?.decision.verdicts.find(({ gate }) => gate === 'hallucination')?.verification?.claims[1]?.verdict;
    const verdicts = [await says()];
    for (const conclusion of ['failure', 'success']) {
      await world.ends(7, conclusion);
      verdicts.push(await says());
    }
    assert.deepEqual(verdicts, ['verified', 'contradicted', 'verified']);
  });

  it('attack: nothing is judged again by the end of one that nobody cites, of another head, of our own, or that says what is known', async () => {
    const { world, cites, judged } = await aTestedWorld();
    await world.ends(7, 'success');
    await cites(7);
    const before = await judged();
    for (let round = 0; round < 5; round += 1) await world.ends(7, 'success');
    await world.ends(8, 'failure');
    await world.ends(7, 'failure', 'd'.repeat(40));
    await world.ends(9, 'failure', world.headOf(1), { id: 4711, slug: 'plumbline' });
    assert.equal(await judged(), before);
  });

  it('verifies a critical claim that quotes nothing, which counts for no trust in the agent', async () => {
    const { world } = await aTestedWorld();
    await world.ends(7, 'success');
    const trusted = async (...quotes: readonly ReturnType<typeof aCitation>[]): Promise<readonly unknown[]> => {
      const tests = aClaim({ kind: 'test_result', citations: [...quotes, { id: 'q2', type: 'check_run', revision: '7', role: 'supports' }] });
      await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(evidenceAbout(after, { claims: [tests] }))));
      await world.settle();
      const kept = await world.store.transaction((transaction) => transaction.confidenceOf(world.github.ref.id, 1));
      return [world.conclusionOf(1), ...(await world.codes()), ...kept.map(({ hasVerifiedCritical }) => hasVerifiedCritical)];
    };
    assert.deepEqual(await trusted(), ['action_required', 'hallucination/confidence_low', false]);
    assert.deepEqual(await trusted(aCitation()), ['success', true]);
  });

  it('that is not there denies the change, and after an outage it is judged by itself', async () => {
    const { world, cites } = await aTestedWorld();
    await cites(404);
    assert.deepEqual([world.conclusionOf(1), await world.codes()], ['failure', ['hallucination/citation_missing', 'hallucination/confidence_low']]);
    await world.ends(7, 'success');
    world.github.trouble.set('checkRun', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await cites(7);
    assert.deepEqual(await world.codes(), ['hallucination/confidence_low', 'hallucination/unverifiable']);
    world.clock.advance(60_000);
    await world.settle();
    assert.deepEqual([world.conclusionOf(1), await world.codes()], ['success', []]);
  });

  it('of a former head says nothing about the pushed one, for the same evidence', async () => {
    const { world, cites } = await aTestedWorld();
    await world.ends(7, 'success');
    await cites(7);
    assert.equal(world.conclusionOf(1), 'success');
    await world.receive(world.pushes(1, 'robot[bot]', { [file]: JSON.stringify(evidenceAbout(after, { id: 'another', claims: [] })) }));
    await world.settle();
    const claim = (await world.decisionOn(1))?.decision.verdicts.find(({ gate }) => gate === 'hallucination')?.verification?.claims.find(({ id }) => id === 'c2');
    assert.deepEqual([claim?.verdict, claim?.checks.filter(({ status }) => status !== 'passed').map(({ code, status }) => `${code} ${status}`)], ['unsupported', ['RUN_COMMIT failed']]);
  });
});
