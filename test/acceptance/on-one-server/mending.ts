import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { aContract } from '../../builders/a-contract.ts';
import type { SeenCheck } from '../a-plumbline.ts';
import { eventually } from '../eventually.ts';
import { plumbline } from './one-server.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = { 'contracts/checkout.yaml': `# why\n${aContract({ spec: { limit: 9 } })}` };

function contractsCheck(repository: RepositoryRef, head: string): Promise<SeenCheck> {
  return plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /immutable_changed/ });
}

async function told(repository: RepositoryRef, number: number, says: RegExp): Promise<string> {
  return eventually(`a comment that says ${String(says)}`, async () => {
    const bodies = (await plumbline.github.comments(repository, number)).map((one) => String(one['body'])).filter((body) => body.includes('plumbline:mend'));
    assert.ok(bodies.length <= 1, 'one comment about mends');
    return bodies.find((body) => says.test(body)) ?? null;
  });
}

describe('mending with a click', { concurrency: 4 }, () => {
  it('a click commits the mend to the branch, which is judged again and turns green', async () => {
    const repository = await plumbline.repository('click', released);
    const { number, head } = await plumbline.pull(repository, 'fix', mutated);
    const check = await contractsCheck(repository, head);
    assert.deepEqual(plumbline.github.actions(check.id).map((one) => one['identifier']), ['mend']);
    await plumbline.github.clickAction(repository, check.id, 'mend', { as: 'dev' });
    const comment = await told(repository, number, /\*\*Plumbline: mended\*\*/);
    const tip = (await plumbline.github.branchTip(repository, 'fix')) ?? '';
    assert.ok(comment.includes(`It is commit ${tip}, and dev counts as a contributor`), comment);
    await plumbline.check(repository, tip, { is: 'success' });
    await plumbline.github.clickAction(repository, check.id, 'mend', { as: 'alice' });
    await plumbline.github.settled();
    assert.equal(await plumbline.github.branchTip(repository, 'fix'), tip, 'nothing is committed twice');
  });

  it('a stranger\'s click commits nothing and is told why', async () => {
    const repository = await plumbline.repository('stranger', released);
    const { number, head } = await plumbline.pull(repository, 'fix', mutated);
    const check = await contractsCheck(repository, head);
    await plumbline.github.clickAction(repository, check.id, 'mend', { as: 'stranger' });
    await told(repository, number, /Nothing was changed\. It needs write permission in this repository, which stranger does not have/);
    assert.equal(await plumbline.github.branchTip(repository, 'fix'), head);
  });

  it('a fork gets the command and no button', async () => {
    const repository = await plumbline.repository('forked', released);
    const { head } = await plumbline.pull(repository, 'patch', mutated, { fork: 'stranger' });
    const check = await contractsCheck(repository, head);
    assert.deepEqual(plumbline.github.actions(check.id), []);
    assert.match(check.summary, /The branch is in a fork.*plumbline contract bump contracts\/checkout\.yaml/s);
  });

  it('a click on a commit that is no longer the head commits nothing and is told why', async () => {
    const repository = await plumbline.repository('moved-on', released);
    const { number, head } = await plumbline.pull(repository, 'fix', mutated);
    const check = await contractsCheck(repository, head);
    const newer = await plumbline.github.commitFiles(repository, 'fix', { 'README.md': 'more\n' }, 'More', { as: 'dev' });
    await plumbline.github.clickAction(repository, check.id, 'mend', { as: 'dev' });
    await told(repository, number, /not at that commit any more/);
    assert.equal(await plumbline.github.branchTip(repository, 'fix'), newer);
  });

  it('an answer of GitHub that gets lost makes one commit all the same', async () => {
    const repository = await plumbline.repository('ambiguous', { 'contracts/search.yaml': aContract({ id: 'search' }) });
    const { number, head } = await plumbline.pull(repository, 'fix', { 'contracts/search.yaml': aContract({ id: 'search', version: '1.1.0', spec: { limit: 2 } }) });
    const check = await plumbline.check(repository, head, { is: 'failure', name: 'plumbline / contracts', says: /previous_ref_mismatch/ });
    plumbline.github.failNext(/mutation/, { kind: 'drop', performed: true });
    await plumbline.github.clickAction(repository, check.id, 'mend', { as: 'dev' });
    const comment = await told(repository, number, /\*\*Plumbline: mended\*\*/);
    const tip = (await plumbline.github.branchTip(repository, 'fix')) ?? '';
    assert.ok(comment.includes(tip));
    await plumbline.check(repository, tip, { is: 'success' });
  });
});
