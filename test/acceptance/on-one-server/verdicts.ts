import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aFile } from '../../builders/a-file.ts';
import { aCitation, aClaim, aFencedBlock, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { headerOf, jwsOf, privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { configuration, whitelist } from '../a-plumbline.ts';
import { BudgetCase } from '../api-budget.ts';
import type { Calls } from '../api-budget.ts';
import { eventually } from '../eventually.ts';
import { quiet } from '../quiet.ts';
import { plumbline } from './one-server.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = aContract({ spec: { limit: 9 } });
const lineOfSpec = aContract().split('\n').findIndex((line) => line.startsWith('spec')) + 1;

describe('what a pull request is told', { concurrency: 6 }, () => {
  it('a valid bump of a released contract is allowed, and nobody is written to', async () => {
    const repository = await plumbline.repository('bump', released);
    const { number, head } = await plumbline.pull(repository, 'bump', { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) });
    await plumbline.check(repository, head, { is: 'success' });
    await plumbline.check(repository, head, { is: 'success', name: 'plumbline / contracts' });
    const names = new Set((await plumbline.checks(repository, head)).map((run) => run.name));
    assert.deepEqual([...names].toSorted(), ['plumbline', 'plumbline / contracts', 'plumbline / governance']);
    assert.deepEqual(await plumbline.github.comments(repository, number), []);
  });

  it('a released contract that changes under its version is denied, with an annotation at the line', async () => {
    const repository = await plumbline.repository('mutated', released);
    const { number, head } = await plumbline.pull(repository, 'fix', { 'contracts/checkout.yaml': mutated });
    await plumbline.check(repository, head, { is: 'failure', says: /contract\/immutable_changed/ });
    const gate = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /contract\/immutable_changed/ });
    const annotations = plumbline.github.annotations(gate.id).map((one) => [one['path'], one['start_line'], one['end_line'], one['annotation_level'], one['title']]);
    assert.deepEqual(annotations, [['contracts/checkout.yaml', lineOfSpec, lineOfSpec, 'failure', 'contract/immutable_changed']]);
    const comments = await eventually('a comment', async () => ((found) => (found.length > 0 ? found : null))(await plumbline.github.comments(repository, number)));
    assert.equal(comments.length, 1);
  });

  it('a document that is not strict YAML is denied at the line where reading stops', async () => {
    const repository = await plumbline.repository('unparsable', released);
    const { head } = await plumbline.pull(repository, 'broken', { 'contracts/checkout.yaml': 'contractId: checkout\ncontractVersion: 1.1.0\ncontractVersion: 1.2.0\n' });
    const gate = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /contract\/unparsable/ });
    assert.deepEqual(plumbline.github.annotations(gate.id).map((one) => [one['start_line'], one['title']]), [[3, 'contract/unparsable']]);
  });

  it('a contract that breaks the built-in schema is denied where it breaks it', async () => {
    const repository = await plumbline.repository('schema', released);
    const text = aContract({ id: 'search', more: { owner: 7 } });
    const { head } = await plumbline.pull(repository, 'search', { 'contracts/search.yaml': text });
    const gate = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /contract\/schema_invalid/ });
    const line = text.split('\n').findIndex((one) => one.startsWith('owner')) + 1;
    assert.deepEqual(plumbline.github.annotations(gate.id).map((one) => [one['path'], one['start_line'], one['title']]), [['contracts/search.yaml', line, 'contract/schema_invalid']]);
  });

  it('a release that is signed with a merged key or one of the operator is allowed, and denied when tampered with or with a key of its own', async () => {
    const signing = configuration.replace('optional', 'required').concat('keys: [keys.json]\n');
    const keyFile = (...names: readonly ('ES256' | 'ES384')[]): string => JSON.stringify({ keys: names.map((name) => publicJwk(privateKeyOf(name), `local:${name}`)) });
    const repository = await plumbline.repository('signed', { '.github/plumbline.yml': signing, 'keys.json': keyFile('ES256') });
    const content = (ref: string) => ({ contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: null, spec: { limit: 1 }, kmsKeyRef: ref });
    const text = (name: 'ES256' | 'ES384' | 'EdDSA', ref = `local:${name}`): string => aContract({ more: { kmsKeyRef: ref, signature: jwsOf(privateKeyOf(name), content(ref), headerOf(name, { kid: ref })) } });
    const [merged, operator, tampered, own] = [
      await plumbline.pull(repository, 'merged', { 'contracts/checkout.yaml': text('ES256') }),
      await plumbline.pull(repository, 'operator', { 'contracts/checkout.yaml': text('EdDSA', 'local:operator') }),
      await plumbline.pull(repository, 'tampered', { 'contracts/checkout.yaml': text('ES256').replace('"limit":1', '"limit":2') }),
      await plumbline.pull(repository, 'own', { 'contracts/checkout.yaml': text('ES384'), 'keys.json': keyFile('ES256', 'ES384') }),
    ];
    await Promise.all([
      plumbline.check(repository, merged.head, { is: 'success' }),
      plumbline.check(repository, operator.head, { is: 'success' }),
      plumbline.check(repository, tampered.head, { is: 'failure', says: /contract\/signature_invalid/ }),
      plumbline.check(repository, own.head, { is: 'failure', says: /contract\/key_unknown/ }),
    ]);
  });

  it('a change that touches nothing governed still gets the roll-up, and no gate of its own', async () => {
    const repository = await plumbline.repository('elsewhere', released);
    const { head } = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, head, { is: 'success' });
    assert.deepEqual([...new Set((await plumbline.checks(repository, head)).map((run) => run.name))], ['plumbline']);
  });

  it('an ungoverned repository gets no check and no comment', async () => {
    const ungoverned = await plumbline.github.createRepository('notes', { files: { 'README.md': 'notes\n' } });
    const { number, head } = await plumbline.pull(ungoverned, 'notes', { 'README.md': 'more\n' });
    // What was delivered after it has been judged, so this one has had its turn.
    const other = await plumbline.repository('after-notes');
    const later = await plumbline.pull(other, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(other, later.head, { is: 'success' });
    await eventually('the ungoverned pull request was looked at', async () => (plumbline.github.requests().some((one) => JSON.stringify(one.requestBody).includes('"name":"notes"')) ? true : null));
    assert.deepEqual([await plumbline.checks(ungoverned, head), await plumbline.github.comments(ungoverned, number)], [[], []]);
  });

  it('a first configuration is previewed under a name of its own, neutrally', async () => {
    const repository = await plumbline.github.createRepository('first', { files: { ...released } });
    const { head } = await plumbline.pull(repository, 'adopt', { '.github/plumbline.yml': configuration });
    await plumbline.check(repository, head, { is: 'neutral', name: 'plumbline / preview' });
    assert.deepEqual([...new Set((await plumbline.checks(repository, head)).map((run) => run.name))], ['plumbline / preview']);
  });

  it('a branch that requires our roll-up where nothing is configured denies', async () => {
    const repository = await plumbline.github.createRepository('required', { files: { 'README.md': 'x\n' } });
    plumbline.github.requireCheck(repository, 'main', { name: 'plumbline', appId: plumbline.github.appId });
    const { head } = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, head, { is: 'failure', says: /config\/missing/ });
  });

  it('a head that breaks its configuration is denied at the line', async () => {
    const repository = await plumbline.repository('bad-configuration', released);
    const { head } = await plumbline.pull(repository, 'config', { '.github/plumbline.yml': 'version: 1\ncontractz: []\n' });
    const rollUp = await plumbline.check(repository, head, { is: 'failure', says: /config\/invalid/ });
    assert.deepEqual(plumbline.github.annotations(rollUp.id).map((one) => [one['path'], one['start_line'], one['title']]), [['.github/plumbline.yml', 2, 'config/invalid']]);
  });

  it('a configuration that is gone from the base still judges, and only its repair is held', async () => {
    const repository = await plumbline.repository('vanished', released);
    const before = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, before.head, { is: 'success' });
    await plumbline.github.commitFiles(repository, 'main', { '.github/plumbline.yml': null }, 'Drop the configuration', { as: 'alice' });
    const breaking = await plumbline.pull(repository, 'break', { 'contracts/checkout.yaml': mutated });
    await plumbline.check(repository, breaking.head, { is: 'failure', says: /contract\/immutable_changed[\s\S]*config\/base_invalid|config\/base_invalid[\s\S]*contract\/immutable_changed/ });
    const repair = await plumbline.pull(repository, 'repair', { '.github/plumbline.yml': configuration });
    await plumbline.check(repository, repair.head, { is: 'action_required', says: /config\/repair/ });
  });

  it('more findings than one call takes are annotated in batches, each once', async () => {
    const repository = await plumbline.repository('many', released);
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`contracts/c${index}.yaml`, aContract({ id: `c${index}`, more: { owner: 7 } })]));
    const { head } = await plumbline.pull(repository, 'many', files);
    const gate = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /contract\/schema_invalid/ });
    const paths = await eventually('sixty annotations', async () => ((found) => (found.length >= 60 ? found : null))(plumbline.github.annotations(gate.id).map((one) => String(one['path']))));
    assert.deepEqual([paths.length, new Set(paths).size], [60, 60]);
  });

  it('the comment is edited in place: one, that says what stands now', async () => {
    const repository = await plumbline.repository('comment', released);
    const { number, head } = await plumbline.pull(repository, 'fix', { 'contracts/checkout.yaml': mutated });
    const denied = await eventually('a comment that denies', async () => (await bodies(repository, number)).find((body) => body.includes('contract/immutable_changed')) ?? null);
    assert.ok(denied.includes(head));
    const mended = await plumbline.github.commitFiles(repository, 'fix', { 'contracts/checkout.yaml': aContract() }, 'Restore', { as: 'dev' });
    await plumbline.check(repository, mended, { is: 'success' });
    await eventually('the comment says that it is allowed', async () => (await bodies(repository, number)).find((body) => body.includes(mended) && body.includes('Allowed')) ?? null);
    assert.equal((await plumbline.github.comments(repository, number)).length, 1);
  });

  it('a result of tests that an agent claims is what its check run says, waited for while it runs and told once when it has ended', async () => {
    const agents = `version: 1\n${whitelist}hallucination: {agents: [{login: "*[bot]"}]}\n`;
    const guide = 'The cart adds up its items, with taxes.\n';
    const repository = await plumbline.repository('tested', { '.github/plumbline.yml': agents, 'src/cart.ts': 'a\n', 'docs/cart.md': guide });
    const { number, head } = await plumbline.pull(repository, 'cart', { 'src/cart.ts': 'b\n' });
    const run = await plumbline.github.foreignCheck(repository, head, { name: 'tests', status: 'in_progress' });
    const carried = aClaim({ citations: [aCitation({ start_line: 1, end_line: 1 })] });
    const tested = aClaim({ id: 'c2', kind: 'test_result', critical: false, text: 'All tests pass', citations: [{ id: 'q1', type: 'check_run', revision: String(run), role: 'supports' }] });
    const subject = aSubject({ repository: 'acme/tested', change_digest: changeDigestOf({ files: [aFile({ path: 'src/cart.ts', base: 'a\n', head: 'b\n' })] }, []) });
    await plumbline.github.editPullRequest(repository, number, { body: aFencedBlock(anEvidenceDocument({ subject, claims: [carried, tested] })) });
    const waiting = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / hallucination', says: /has not ended/ });
    await quiet(plumbline);
    const before = plumbline.github.requests().length;
    await plumbline.github.endForeignCheck(repository, run, 'success');
    await plumbline.check(repository, head, { is: 'success', name: 'plumbline / hallucination', after: waiting.id });
    await quiet(plumbline);
    const asked = plumbline.github.requests().slice(before).filter(({ method, path }) => method === 'GET' && path.includes(`/tested/check-runs/${run}`));
    // One by this test, which ends it, and one by us.
    assert.equal(asked.filter(({ kind }) => kind === 'read').length, 1);
    await plumbline.github.endForeignCheck(repository, run, 'success');
    await quiet(plumbline);
    assert.equal((await plumbline.checks(repository, head)).filter(({ name, id }) => name === 'plumbline' && id > waiting.id).length, 1);
  });

  async function bodies(repository: RepositoryRef, number: number): Promise<readonly string[]> {
    return (await plumbline.github.comments(repository, number)).map((one) => String(one['body']));
  }
});

describe('what a pull request with twenty contracts costs', () => {
  let budget: BudgetCase;
  let amongPeople: BudgetCase;
  let approved: BudgetCase;
  let byAdmin: BudgetCase;
  let byName: BudgetCase;

  before(async () => {
    budget = await BudgetCase.open(plumbline, 'budget');
    plumbline.github.team('bumpers', ['dev']);
    plumbline.github.team('approvers', ['reader']);
    const people = 'governance: {whitelist: [{action: "contract.*", actors: ["team:bumpers"], until: 2099-12-31, owner: "user:alice", reason: "as teams are"}], approvals: {tier2: {count: 1, from: ["team:approvers"]}}}\n';
    amongPeople = await BudgetCase.open(plumbline, 'budget-among-people', { '.github/plumbline.yml': configuration.replace(whitelist, people) });
    const approvals = 'governance: {approvals: {tier2: {from: ["team:approvers"]}, tier3: {from: ["team:approvers"]}}}\n';
    approved = await BudgetCase.open(plumbline, 'budget-approved', { '.github/plumbline.yml': configuration.replace(whitelist, approvals) });
    // Tier 2 is for admins where nobody is named.
    byAdmin = await BudgetCase.open(plumbline, 'budget-admin', { '.github/plumbline.yml': configuration.replace(whitelist, 'governance: {approvals: {tier3: {from: ["team:approvers"]}}}\n') });
    byName = await BudgetCase.open(plumbline, 'budget-name', { '.github/plumbline.yml': configuration.replace(whitelist, approvals.replaceAll('team:approvers', 'user:reader')) });
  });

  it('is at most 6 reads when its contents were never seen, and 4 writes: the roll-up twice and two gates', async (context) => {
    within(context, await budget.opening('good', budget.bumped(2), { is: 'success' }), { reads: 6, writes: 4 });
  });

  it('is one write more when there is something to say', async (context) => {
    within(context, await budget.opening('bad', budget.broken(3), { is: 'failure', says: /immutable_changed/ }), { reads: 6, writes: 5 });
  });

  it('is at most 4 reads when a further head has only contents that were seen', async (context) => {
    within(context, await budget.pushing('bad', { ...budget.bumped(2), 'contracts/c0.yaml': aContract({ id: 'c0', spec: { limit: 3 } }) }, { is: 'failure', says: /immutable_changed/ }), { reads: 4, writes: 5 });
  });

  it('is no read more where teams are asked about: all of them and everybody come with where the pull request stands', async (context) => {
    within(context, asked(await amongPeople.opening('teams', amongPeople.bumped(4), { is: 'success' })), { reads: 6, writes: 4 });
    within(context, asked(await amongPeople.pushing('teams', asReleased, { is: 'success' })), { reads: 4, writes: 4 });
  });

  it('is no read more where an approval by a member of a team is counted', async (context) => {
    within(context, await approved.opening('approved', approved.bumped(5), { is: 'action_required' }), { reads: 6, writes: 5 });
    await approved.approving('approved', 'reader');
    within(context, asked(await approved.pushing('approved', asReleased, { is: 'success' })), { reads: 4, writes: 5 });
  });

  it('is no read more where an approval by an admin is counted, beside teams that are asked about', async (context) => {
    within(context, await byAdmin.opening('by-admin', byAdmin.bumped(6), { is: 'action_required' }), { reads: 6, writes: 5 });
    await byAdmin.approving('by-admin', 'alice');
    const further = asked(await byAdmin.pushing('by-admin', asReleased, { is: 'success' }));
    within(context, further, { reads: 4, writes: 5 });
    assert.ok(further.asked.some((one) => one.includes('collaborators(query')), further.asked.join('\n'));
  });

  it('is no read more where an approval by somebody whom the configuration names by login is counted', async (context) => {
    within(context, await byName.opening('by-name', byName.bumped(7), { is: 'action_required' }), { reads: 6, writes: 5 });
    await byName.approving('by-name', 'reader');
    const further = await byName.pushing('by-name', asReleased, { is: 'success' });
    within(context, further, { reads: 4, writes: 5 });
    assert.ok(further.asked.some((one) => one.includes('user(login')), further.asked.join('\n'));
  });

  it('is two reads more where somebody whose approval is counted has another login by now', async (context) => {
    plumbline.github.rename('reader', 'renamed');
    const further = await approved.pushing('approved', { ...asReleased, 'contracts/c2.yaml': aContract({ id: 'c2' }) }, { is: 'success' }).finally(() => plumbline.github.rename('renamed', 'reader'));
    within(context, asked(further), { reads: 6, writes: 5 });
  });

  it('is no read more where the base has moved on', async (context) => {
    await approved.mergingElsewhere('docs/elsewhere.md');
    within(context, asked(await approved.pushing('approved', { ...asReleased, 'contracts/c1.yaml': aContract({ id: 'c1' }) }, { is: 'success' })), { reads: 4, writes: 5 });
  });

  /** One of the contracts is left as it was released: a further head of contents that were seen. */
  const asReleased = { 'contracts/c0.yaml': aContract({ id: 'c0' }) };

  /** Teams were among what it cost. */
  function asked(cost: Calls): Calls {
    assert.ok(cost.asked.some((one) => one.includes('team(slug')), cost.asked.join('\n'));
    return cost;
  }

  function within(context: TestContext, cost: Calls, most: { readonly reads: number; readonly writes: number }): void {
    context.diagnostic(`${cost.reads} reads, ${cost.writes} writes`);
    assert.ok(cost.reads <= most.reads && cost.writes <= most.writes, cost.asked.join('\n'));
  }
});
