import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { aFinding, aVerdict } from '../builders/decision-builder.ts';
import { aCommandWorld, dev } from './a-command-world.ts';
import { configuration } from './a-world.ts';

const path = 'contracts/checkout.yaml';
const file = '.plumbline/waivers.yaml';
const until = '2027-01-31';
const finding = aFinding({ code: 'contract/schema_invalid', path, subject: '/spec', message: 'bad' });
const line = `/plumbline waive contract/schema_invalid ${path} until ${until} moved "next" week`;

async function aWaiverWorld(files: Readonly<Record<string, string>> = { '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n` }, told: Finding = finding) {
  const world = await aCommandWorld({ verdicts: [aVerdict('change'), aVerdict('contracts', [told, aFinding({ code: 'contract/immutable_changed', path })])] });
  world.github.commit('main', files);
  return {
    ...world,
    async textAt(branch: string): Promise<string> {
      const [found] = await world.github.repository.namesAt([{ commit: world.github.branches.get(branch) ?? '', path: file }]);
      const content = (await world.github.repository.blobs([{ blob: found?.name ?? '', size: null }])).get(found?.name ?? '');
      return content?.kind === 'bytes' ? new TextDecoder().decode(content.bytes) : '';
    },
    async settleLater(): Promise<void> {
      world.clock.advance(3_700_000);
      await world.settle();
    },
  };
}

const entry = `{code: contract/schema_invalid, fingerprint: "${finding.fingerprint}", path: contracts/checkout.yaml, owner: user:dev, reason: "moved \\"next\\" week", grantedBy: dev, until: "${until}"}`;

const other = '{code: contract/schema_invalid, fingerprint: "0123456789abcdef", path: b.yaml, owner: user:x, reason: r, grantedBy: x, until: "2027-01-01"}';

describe('the waive command', () => {
  it('opens one pull request that adds the entry to the configured file, and names it in the reply', async () => {
    const world = await aWaiverWorld();
    const reply = await world.type(line);
    assert.equal(await world.textAt('plumbline/waive-41'), `version: 1\nwaivers:\n  - ${entry}\n`);
    assert.deepEqual(world.github.opened.map(({ number, branch, base, title }) => [number, branch, base, title]), [[900, 'plumbline/waive-41', 'main', 'Waive contract/schema_invalid in contracts/checkout.yaml']]);
    assert.match(reply, /waiver proposed[^]*It is #900/);
    assert.deepEqual(world.reactions(), ['eyes', 'rocket']);
  });

  it('waives what is only blocked by an open answer, too', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n` }, { ...finding, severity: 'unknown', declared: 'unknown' });
    await world.type(line);
    assert.equal(await world.textAt('plumbline/waive-41'), `version: 1\nwaivers:\n  - ${entry}\n`);
  });

  it('records whoever asked as a contributor of that pull request', async () => {
    const world = await aWaiverWorld();
    await world.type(line);
    const hands = await world.store.transaction((transaction) => transaction.contributions(100, 900));
    assert.deepEqual(hands.map(({ person, effect }) => [person, effect]), [[{ login: 'dev', id: 12 }, 'command/100/41/pull-request']]);
  });

  it('keeps what stands in the file, comments too', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n`, [file]: `version: 1\nwaivers:\n  # keep\n  - ${other}\n` });
    await world.type(line);
    assert.equal(await world.textAt('plumbline/waive-41'), `version: 1\nwaivers:\n  # keep\n  - ${other}\n  - ${entry}\n`);
  });

  it('opens one for a command that is told twice', async () => {
    const world = await aWaiverWorld();
    const comment = world.write(line);
    await world.deliver(comment);
    await world.deliver(comment);
    assert.deepEqual([world.github.opened.length, world.github.made.length], [1, 1]);
  });

  for (const method of ['createBranch', 'commit', 'openPullRequest']) {
    it(`goes on after an answer to ${method} that was lost, and makes nothing twice`, async () => {
      const world = await aWaiverWorld();
      world.github.trouble.set(method, [new Failure('GITHUB_AMBIGUOUS', 'cut off')]);
      const comment = world.write(line);
      await world.deliver(comment);
      await world.settleLater();
      assert.deepEqual([world.github.opened.length, world.github.made.length], [1, 1]);
      assert.match(world.replyTo(comment), /It is #900/);
    });
  }

  const refused: readonly (readonly [what: string, body: string, says: RegExp])[] = [
    ['a code that nobody may waive', `/plumbline waive contract/immutable_changed ${path} until ${until} why`, /`contract\/immutable_changed` can not be waived here: findings of this code can not be waived/],
    ['a day that is past', `/plumbline waive contract/schema_invalid ${path} until 2026-11-20 why`, /at most 90 days from now: found `2026-11-20`, expected at most 2027-02-18/],
    ['a day too far away', `/plumbline waive contract/schema_invalid ${path} until 2027-02-19 why`, /found `2027-02-19`/],
    ['a path without that finding', `/plumbline waive contract/schema_invalid other.yaml until ${until} why`, /has no `contract\/schema_invalid` in `other\.yaml`[^]*It has it in: `contracts\/checkout\.yaml`/],
  ];

  for (const [what, body, says] of refused) {
    it(`refuses ${what}`, async () => {
      const world = await aWaiverWorld();
      assert.match(await world.type(body), says);
      assert.deepEqual([world.github.opened, world.reactions()], [[], ['eyes', 'confused']]);
    });
  }

  it('refuses a code that the configuration of the organisation sets', async () => {
    const world = await aWaiverWorld();
    const bytes = new TextEncoder().encode('version: 1\nrules: {"contract/schema_invalid": enforce}\n');
    world.github.organization = { repository: { ...world.github.ref, id: 101, name: '.github' }, commit: 'e'.repeat(40), bytes };
    assert.match(await world.type(line), /can not be waived here: the configuration of the organisation sets how this code counts, so only a waiver of the organisation silences it/);
    assert.deepEqual(world.github.opened, []);
  });

  it('refuses to propose a file that would not be read as waivers', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n`, [file]: 'version: 2\nwaivers: []\n' });
    assert.match(await world.type(line), /Nothing was changed\. Cannot change \.plumbline\/waivers\.yaml/);
    assert.deepEqual(world.github.opened, []);
  });

  it('refuses without a configured file, and says what to write', async () => {
    const world = await aWaiverWorld({});
    assert.match(await world.type(line), /names no file for waivers[^]*`waivers: \["\.plumbline\/waivers\.yaml"\]`/);
  });

  it('writes to no file that the organisation alone names: that stands in its own repository', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': configuration });
    const bytes = new TextEncoder().encode(`version: 1\nwaivers: ["${file}"]\n`);
    world.github.organization = { repository: { ...world.github.ref, id: 101, name: '.github' }, commit: world.github.commit('organization', { 'plumbline.yml': new TextDecoder().decode(bytes) }), bytes };
    assert.match(await world.type(line), /names no file for waivers/);
  });

  it('refuses a file that can not be read, and changes nothing', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n`, [file]: 'waivers: [\n' });
    assert.match(await world.type(line), /Nothing was changed\. Cannot change \.plumbline\/waivers\.yaml/);
    assert.deepEqual(world.github.opened, []);
  });

  it('refuses whoever may not write, and whose role can not be read', async () => {
    const world = await aWaiverWorld();
    assert.match(await world.type(line, { author: { login: 'reader', id: 66, type: 'User' } }), /needs write permission/);
    world.github.trouble.set('canWrite', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    assert.match(await world.type(line), /GitHub did not tell your permission/);
    assert.deepEqual(world.github.opened, []);
  });

  it('refuses somebody who lost the permission between the command and its effect', async () => {
    const world = await aWaiverWorld();
    world.github.before = (method) => void (method === 'pullRequestFrom' && world.github.writers.delete(dev.login));
    assert.match(await world.type(line), /needs write permission/);
    assert.deepEqual([world.github.opened, world.github.made], [[], []]);
  });

  it('refuses where the head moved between the command and its effect, and shows the new one', async () => {
    const world = await aWaiverWorld();
    const moved = world.github.commit('elsewhere', { 'b.txt': 'b' });
    world.github.before = (method) => {
      const facts = world.github.pulls.get(1);
      if (method === 'pullRequestFrom' && facts !== undefined) world.github.pulls.set(1, { ...facts, head: moved });
    };
    assert.match(await world.type(line), new RegExp(`The head is ${moved.slice(0, 12)} by now`));
    assert.deepEqual(world.github.made, []);
  });

  it('refuses where somebody took the branch', async () => {
    const world = await aWaiverWorld();
    world.github.commit('plumbline/waive-41', { 'x.txt': 'x' }, [world.github.branches.get('main') ?? '']);
    assert.match(await world.type(line), /The branch `plumbline\/waive-41` is there already/);
    assert.deepEqual([world.github.opened, world.github.made], [[], []]);
  });

  it('refuses where the App may not write contents, and says what to grant', async () => {
    const world = await aWaiverWorld();
    world.github.noCommit = { kind: 'ungranted' };
    assert.match(await world.type(line), /Contents: read and write/);
  });
});

describe('the unwaive command', () => {
  it('opens the pull request that takes the entry out', async () => {
    const world = await aWaiverWorld({ '.github/plumbline.yml': `${configuration}waivers: ["${file}"]\n`, [file]: `version: 1\nwaivers:\n  - ${entry}\n  - ${other} # keep\n` });
    assert.match(await world.type(`/plumbline unwaive contract/schema_invalid ${path}`), /end of the waiver proposed/);
    assert.equal(await world.textAt('plumbline/unwaive-41'), `version: 1\nwaivers:\n  - ${other} # keep\n`);
  });

  it('refuses what is not waived there', async () => {
    const world = await aWaiverWorld();
    assert.match(await world.type(`/plumbline unwaive contract/schema_invalid ${path}`), /has no waiver of `contract\/schema_invalid`/);
    assert.deepEqual(world.github.opened, []);
  });
});
