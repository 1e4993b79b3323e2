import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { configuration, whitelist } from '../a-plumbline.ts';
import { eventually } from '../eventually.ts';
import { objectOf } from '../../github/json.ts';
import { plumbline } from './one-server.ts';
import { reply } from '../reply.ts';

/** Nobody may do anything by themselves; admins approve. */
const unlisted = { '.github/plumbline.yml': configuration.replace(whitelist, ''), 'contracts/checkout.yaml': aContract() };
const bump = (limit: number) => ({ 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit } }) });

const file = '.plumbline/waivers.yaml';
/** Alice and the agent approve what asks for two. */
const waiving = configuration.replace('governance: {', 'governance: {approvals: {tier3: {from: ["user:alice", "user:agent"]}}, ');
const invalid = { 'contracts/search.yaml': aContract({ id: 'search', more: { description: 7 } }) };

/** Reactions of ours to a comment, as they were made. */
function reactions(comment: number): readonly string[] {
  const made = plumbline.github.requests().filter(({ method, path }) => method === 'POST' && path.endsWith(`/issues/comments/${comment}/reactions`));
  return made.map(({ requestBody }) => String(objectOf(requestBody)['content']));
}

function approve(repository: RepositoryRef, number: number, as: string, what: string, head: string): Promise<number> {
  return plumbline.github.comment(repository, number, `/plumbline approve ${what} ${head}`, { as });
}

describe('approvals in comments', { concurrency: 4 }, () => {
  it('an admin with no hand in a bump lets it pass; what is unrelated keeps that, another content voids it', async () => {
    const repository = await plumbline.repository('approved', unlisted);
    const { number, head } = await plumbline.pull(repository, 'bump', bump(2));
    const held = await plumbline.check(repository, head, { is: 'action_required', name: 'plumbline / governance', says: new RegExp(`/plumbline approve contract.bump ${head.slice(0, 12)}`) });
    const comment = await approve(repository, number, 'alice', 'contract.bump', head.slice(0, 12));
    await reply(repository, number, comment, /\*\*Plumbline: approved\*\*/);
    await plumbline.check(repository, head, { is: 'success', after: held.id });
    await eventually('a rocket', async () => (reactions(comment).includes('rocket') ? true : null));
    assert.deepEqual(reactions(comment), ['eyes', 'rocket']);
    const unrelated = await plumbline.github.commitFiles(repository, 'bump', { 'README.md': 'more\n' }, 'More', { as: 'dev' });
    await plumbline.check(repository, unrelated, { is: 'success' });
    const other = await plumbline.github.commitFiles(repository, 'bump', bump(3), 'Another limit', { as: 'dev' });
    await plumbline.check(repository, other, { is: 'action_required' });
  });

  it('the author of a change does not let it pass, admin or not', async () => {
    const repository = await plumbline.repository('own-approval', unlisted);
    const { number, head } = await plumbline.pull(repository, 'bump', bump(2), { as: 'alice' });
    await plumbline.check(repository, head, { is: 'action_required' });
    const comment = await approve(repository, number, 'alice', 'contract.bump', head);
    await reply(repository, number, comment, /You have a hand in this change/);
    await plumbline.check(repository, head, { is: 'action_required' });
  });

  it('a waiver comes with a pull request of its own, and counts down once others approved and merged it', async () => {
    const repository = await plumbline.repository('waived', { '.github/plumbline.yml': `${waiving}waivers: ["${file}"]\n` });
    const { number, head } = await plumbline.pull(repository, 'invalid', invalid);
    const refused = await plumbline.check(repository, head, { is: 'failure', says: /contract\/schema_invalid/ });
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const comment = await plumbline.github.comment(repository, number, `/plumbline waive contract/schema_invalid contracts/search.yaml until ${until} mended with v3`, { as: 'dev' });
    const answer = await reply(repository, number, comment, /#\d+/);
    const granting = Number(/#(\d+)/.exec(answer)?.[1]);
    const tip = (await plumbline.github.branchTip(repository, `plumbline/waive-${comment}`)) ?? '';
    await plumbline.check(repository, tip, { is: 'action_required', name: 'plumbline / governance', says: /waiver\.grant/ });
    for (const as of ['alice', 'agent']) await approve(repository, granting, as, 'all', tip);
    await plumbline.check(repository, tip, { is: 'success' });
    await plumbline.github.mergePullRequest(repository, granting);
    await plumbline.check(repository, head, { is: 'success', after: refused.id });
    await plumbline.check(repository, head, { is: 'success', name: 'plumbline / contracts', says: /contract\/schema_invalid[^]*Waived for (?:29|30) more days, by user:dev: mended with v3/ });
  });
});
