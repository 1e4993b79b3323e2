import { describe, it } from 'node:test';
import { aContract } from '../../builders/a-contract.ts';
import { configuration } from '../a-plumbline.ts';
import { plumbline } from './one-server.ts';
import { reply } from '../reply.ts';

const file = '.plumbline/waivers.yaml';
const governed = { '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n`, 'contracts/checkout.yaml': aContract() };
const small = { 'contracts/checkout.yaml': `# why\n${aContract({ spec: { limit: 9 } })}` };

describe('commands in comments', { concurrency: 4 }, () => {
  it('a reader asks for the status, and may not have the change judged again', async () => {
    const repository = await plumbline.repository('reader-asks', governed);
    const { number, head } = await plumbline.pull(repository, 'fix', small);
    await plumbline.check(repository, head, { is: 'failure' });
    const asked = await plumbline.github.comment(repository, number, '/plumbline status\r\nthank you', { as: 'reader' });
    await reply(repository, number, asked, /\*\*Denied: 1 finding to mend\*\*/);
    const again = await plumbline.github.comment(repository, number, '/plumbline recheck', { as: 'reader' });
    await reply(repository, number, again, /Nothing was changed\. It is for contributors/);
  });

  it('the author has the change judged again', async () => {
    const repository = await plumbline.repository('rechecked', governed);
    const { number, head } = await plumbline.pull(repository, 'fix', small);
    const first = await plumbline.check(repository, head, { is: 'failure' });
    const comment = await plumbline.github.comment(repository, number, '/plumbline recheck', { as: 'dev' });
    await reply(repository, number, comment, /is judged again/);
    await plumbline.check(repository, head, { is: 'failure', after: first.id });
  });

  it('an approval of somebody who leaves the team counts no longer once GitHub tells', async () => {
    const people = 'governance: {actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}], approvals: {tier2: {count: 1, from: ["team:leaving"]}}}\n';
    plumbline.github.team('leaving', ['reader']);
    const repository = await plumbline.repository('leaving', { '.github/plumbline.yml': `version: 1\n${people}`, 'infra/a.tf': 'a' });
    const { number, head } = await plumbline.pull(repository, 'fix', { 'infra/a.tf': 'b' });
    const held = await plumbline.check(repository, head, { is: 'action_required', says: /infra\.change/ });
    await plumbline.github.comment(repository, number, `/plumbline approve infra.change ${head}`, { as: 'reader' });
    const { id } = await plumbline.check(repository, head, { is: 'success', after: held.id });
    plumbline.github.team('leaving', []);
    await plumbline.github.tellMembership(repository, { action: 'removed', team: 'leaving', login: 'reader' });
    await plumbline.check(repository, head, { is: 'action_required', after: id });
  });

  it('an approval without a commit gets the line to copy, and a finding that nobody releases is not approved', async () => {
    const repository = await plumbline.repository('vote-typed', governed);
    const { number, head } = await plumbline.pull(repository, 'fix', small);
    await plumbline.check(repository, head, { is: 'failure' });
    const without = await plumbline.github.comment(repository, number, '/plumbline approve all', { as: 'alice' });
    await reply(repository, number, without, new RegExp(`\`/plumbline approve all ${head.slice(0, 12)}\``));
    const denied = await plumbline.github.comment(repository, number, `/plumbline approve contract/immutable_changed ${head}`, { as: 'alice' });
    await reply(repository, number, denied, /nothing held as `contract\/immutable_changed`/);
  });
});
