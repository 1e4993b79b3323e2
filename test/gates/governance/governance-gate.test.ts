import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keyOfFinding } from '../../../src/domain/approval/finding-item.ts';
import type { ProbeRequest } from '../../../src/domain/probe-request.ts';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aFinding, aVerdict } from '../../builders/decision-builder.ts';
import { builtinAnswer } from '../../builders/builtin-answer.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { govern, governedSnapshot, told, aVote, anEntry } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';

const team = { approvals: { tier2: { from: ['team:governance'] }, tier3: { from: ['team:governance'] } } };
const members = { 'team:governance': ['ann', 'bob', 'cid'], admins: ['root'] };
const missing = 'hold governance/approvals_missing';
const unlisted = 'deny governance/not_whitelisted';

function outcome(change: GovernedChange): string {
  const verdict = govern({ groups: members, ...change, governance: { ...team, ...change.governance } });
  return [verdict.verdict, ...told(verdict)].join(' ');
}

const yes = (...logins: readonly string[]) => logins.map((login) => aVote(login));
const listed = { whitelist: [anEntry()] };

/** `infra.change` is of this tier, and the organisation wrote the entry. */
function ofOrganization(tier: number, entry: ReturnType<typeof anEntry>): NonNullable<GovernedChange['snapshot']> {
  const document = { version: 1, governance: { ...team, actions: [{ action: 'infra.change', tier, paths: ['infra/**'] }], whitelist: [entry] } };
  return { configuration: { effective: aConfiguration({ document }), organizationText: `version: 1\ngovernance: {whitelist: [${JSON.stringify(entry)}]}\n` } };
}

describe('tiers', () => {
  test('tier 1 is free', () => assert.equal(outcome({ tier: 1 }), 'pass'));
  test('tier 2 waits for one approval', () => assert.equal(outcome({ tier: 2 }), `hold ${missing}`));
  test('tier 2 passes with one approval', () => assert.equal(outcome({ tier: 2, votes: yes('ann') }), 'pass'));
  test('tier 2 passes with an entry of the whitelist', () => assert.equal(outcome({ tier: 2, governance: listed }), 'pass'));
  test('tier 3 without an entry is denied, approvals or not', () => {
    assert.equal(outcome({ tier: 3 }), `fail ${unlisted}`);
    assert.equal(outcome({ tier: 3, votes: yes('ann', 'bob') }), `fail ${unlisted}`);
  });
  test('tier 3 with an entry waits for two approvals', () => {
    assert.equal(outcome({ tier: 3, governance: listed }), `hold ${missing}`);
    assert.equal(outcome({ tier: 3, governance: listed, votes: yes('ann') }), `hold ${missing}`);
    assert.equal(outcome({ tier: 3, governance: listed, votes: yes('ann', 'bob') }), 'pass');
  });
  test('tier 4 is denied to everybody, with an entry, approvals and all', () => {
    assert.equal(outcome({ tier: 4, governance: listed, votes: yes('ann', 'bob', 'cid') }), 'fail deny governance/tier_forbidden');
  });
  test('a workflow that can not be read is denied once, with both actions that it may be', () => {
    const path = '.github/workflows/ci.yml';
    const { findings, judged } = govern({ files: { [path]: { base: 'on: push', head: '{' } }, contents: ['on: push', '{'], groups: members, governance: team });
    const unsafe = findings.filter(({ code }) => code === 'governance/workflow_unsafe');
    assert.deepEqual(unsafe.map(({ message }) => /workflow.permission_widen and workflow.trigger_untrusted, tier 4/.test(message)), [true]);
    assert.deepEqual((judged ?? []).filter(({ tier }) => tier === 4).map(({ action }) => action), ['workflow.permission_widen', 'workflow.trigger_untrusted']);
  });
  test('tier 4 is lifted by an entry of the organisation that names it and ends within 30 days, and then waits for tier 3', () => {
    const lifted = (entry: ReturnType<typeof anEntry>, logins: readonly string[]) => outcome({ snapshot: ofOrganization(4, entry), votes: yes(...logins) });
    assert.equal(lifted(anEntry(), ['ann', 'bob']), 'pass');
    assert.equal(lifted(anEntry(), ['ann']), `hold ${missing}`);
    assert.equal(lifted(anEntry({ until: '2026-12-22' }), ['ann', 'bob']), 'fail deny governance/tier_forbidden');
    assert.equal(lifted(anEntry({ action: 'infra.*' }), ['ann', 'bob']), 'fail deny governance/tier_forbidden');
    assert.equal(lifted(anEntry({ maxTier: 3 }), ['ann', 'bob']), 'fail deny governance/tier_forbidden');
  });
});

describe('who counts', () => {
  test('a contributor does not, by whatever spelling or door', () => {
    assert.equal(outcome({ tier: 2, votes: yes('author') , groups: { 'team:governance': ['author'] } }), `hold ${missing}`);
    assert.equal(outcome({ tier: 2, votes: [aVote('Author')], groups: { 'team:governance': ['Author'] } }), `hold ${missing}`);
    assert.equal(outcome({ tier: 2, votes: [aVote('renamed', { id: 1 })], groups: { 'team:governance': ['renamed'] } }), `hold ${missing}`);
  });
  test('a bot does not', () => assert.equal(outcome({ tier: 2, votes: [aVote('ann', { kind: 'app' })] }), `hold ${missing}`));
  test('somebody outside the team does not, nor an admin where a team is named', () => {
    assert.equal(outcome({ tier: 2, votes: yes('eve') }), `hold ${missing}`);
    assert.equal(outcome({ tier: 2, votes: yes('root') }), `hold ${missing}`);
  });
  test('an admin does where nobody is named', () => assert.equal(outcome({ tier: 2, votes: yes('root'), governance: { approvals: {} } }), 'pass'));
  test('one person through two doors counts once', () => {
    const twice = [aVote('ann', { id: 5 }), aVote('ANN', { door: 'review' }), aVote('ann-renamed', { id: 5 })];
    assert.equal(outcome({ tier: 3, governance: listed, votes: twice, groups: { 'team:governance': ['ann', 'ann-renamed', 'ANN'] } }), `hold ${missing}`);
  });
  test('a member of the team that operates an agent of the change does not', () => {
    const snapshot = { configured: { document: { version: 1, hallucination: { agents: [{ login: '*[bot]', operator: 'team:makers' }] }, governance: { ...team, actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }] } } } };
    const contributors = { people: [{ login: 'coder[bot]', id: 9, kind: 'app', via: ['author'] }], unknown: null } as const;
    assert.equal(outcome({ snapshot, contributors, votes: yes('ann'), groups: { ...members, 'team:makers': ['ann'] } }), `hold ${missing}`);
    assert.equal(outcome({ snapshot, contributors, votes: yes('ann'), groups: members }), 'pass');
  });
  test('a yes to another head or another action does not', () => {
    assert.equal(outcome({ tier: 2, votes: [aVote('ann', { target: { kind: 'head', scope: 'all', sha: 'd'.repeat(40) } })] }), `hold ${missing}`);
    assert.equal(outcome({ tier: 2, votes: [aVote('ann', { target: { kind: 'head', scope: 'workflow.change', sha: null } })] }), `hold ${missing}`);
    assert.equal(outcome({ tier: 2, votes: [aVote('ann', { target: { kind: 'head', scope: 'infra.change', sha: 'c'.repeat(40) } })] }), 'pass');
  });
  test('a rejection denies, by an approver alone', () => {
    assert.equal(outcome({ tier: 2, votes: [...yes('ann'), aVote('bob', { answer: 'reject', reason: 'no' })] }), 'fail deny governance/rejected');
    assert.equal(outcome({ tier: 2, votes: [...yes('ann'), aVote('eve', { answer: 'reject', reason: 'no' })] }), 'pass');
    assert.equal(outcome({ tier: 2, votes: [...yes('ann'), aVote('author', { answer: 'reject', reason: 'no' })], groups: { 'team:governance': ['ann'] } }), 'pass');
  });
});

test('what people may release ends exactly the findings that hold it, wherever those stand', () => {
  const verdict = govern({ tier: 2, groups: members, governance: team });
  assert.deepEqual(verdict.findings.map((one) => keyOfFinding(one)).filter((key) => !(verdict.held ?? []).some(({ ends }) => ends.includes(key))), []);
});

describe('whitelist', () => {
  for (const [what, entry, change] of [
    ['has ended', { until: '2026-11-20' }, {}],
    ['names another action', { action: 'infra.destroy' }, {}],
    ['names somebody else', { actors: ['user:mona'] }, {}],
    ['is for an App of that name', { actors: ['app:author'] }, {}],
    ['is for other paths', { paths: ['infra/b.tf'] }, {}],
    ['is for one of two paths', { paths: ['infra/a.tf'] }, { files: { 'infra/a.tf': { base: 'one', head: 'two' }, 'infra/b.tf': { base: 'one', head: 'two' } } }],
    ['is for another repository', { repos: ['acme/other'] }, {}],
    ['is for a contract', { contracts: ['*'] }, {}],
    ['does not reach the tier', { maxTier: 1 }, {}],
    ['names one of two contributors', {}, { contributors: { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }, { login: 'eve', id: 2, kind: 'human', via: ['pusher'] }], unknown: null } }],
    ['meets somebody unknown', { actors: ['user:author', 'team:governance'] }, { contributors: { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }], unknown: [{ kind: 'unseen', why: 'a head that nobody saw arrive' }] } }],
    ['names a team that the author is not in', { actors: ['team:governance'] }, {}],
  ] as const) {
    test(`an entry that ${what} lets nothing pass`, () => {
      assert.equal(outcome({ tier: 2, ...(change as GovernedChange), governance: { whitelist: [anEntry(entry as Parameters<typeof anEntry>[0])] } }).split(' ')[0], 'hold');
    });
  }
  for (const [what, entry] of [
    ['names the action by a star', { action: '*' }],
    ['names a part of the action', { action: 'infra.*' }],
    ['names the author in another case', { actors: ['user:AUTHOR'] }],
    ['names a team that the author is in', { actors: ['team:writers'] }],
    ['is for the path', { paths: ['infra/**'] }],
    ['is for the repository by its full name', { repos: ['acme/*'] }],
    ['is for the repository by its name', { repos: ['shop'] }],
    ['reaches the tier', { maxTier: 2 }],
  ] as const) {
    test(`an entry that ${what} lets tier 2 pass`, () => {
      assert.equal(outcome({ tier: 2, groups: { 'team:writers': ['author'] }, governance: { whitelist: [anEntry(entry)] } }), 'pass');
    });
  }
  test('an App is named by its slug', () => {
    const contributors = { people: [{ login: 'deployer[bot]', id: 9, kind: 'app', via: ['author'] }], unknown: null } as const;
    assert.equal(outcome({ tier: 2, contributors, governance: { whitelist: [anEntry({ actors: ['app:deployer'] })] } }), 'pass');
    assert.equal(outcome({ tier: 2, contributors, governance: { whitelist: [anEntry({ actors: ['user:deployer'] })] } }), `hold ${missing}`);
  });
  test('an entry that names an agent and not who operates it lets nothing pass', () => {
    const contributors = { people: [{ login: 'coder[bot]', id: 9, kind: 'app', via: ['author'] }], unknown: null } as const;
    const byAgent = (...actors: readonly string[]) => {
      const document = { version: 1, hallucination: { agents: [{ login: '*[bot]', operator: 'team:makers' }] }, governance: { ...team, actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }], whitelist: [anEntry({ actors })] } };
      return outcome({ contributors, snapshot: { configured: { document } } });
    };
    assert.equal(byAgent('app:coder'), `hold ${missing}`);
    assert.equal(byAgent('app:coder', 'team:others'), `hold ${missing}`);
    assert.equal(byAgent('app:coder', 'team:Makers'), 'pass');
  });
});

describe('expiries', () => {
  const ends = (change: GovernedChange) => {
    const snapshot = governedSnapshot(change);
    return governanceGate.expiries?.(snapshot, collectEvidence(governanceGate, snapshot, { contents: ['one', 'two'], groups: members, ...change }));
  };
  test('a match ends with its entry', () => {
    assert.deepEqual(ends({ governance: { whitelist: [anEntry(), anEntry({ until: '2026-12-24', paths: ['infra/**'] })] } }), ['2026-12-01T00:00:00.000Z', '2026-12-24T00:00:00.000Z']);
  });
  test('what the organisation names in full for more than 30 days is denied until it ends within them, and judged again at that moment', () => {
    const from = '2026-12-16T00:00:00.000Z';
    const ofTier4 = (now: string, entry = anEntry({ until: '2027-01-15' })) => ({ snapshot: { ...ofOrganization(4, entry), now } });
    const before = ofTier4('2026-12-15T23:59:59.999Z');
    assert.deepEqual([outcome(before), ends(before)], ['fail deny governance/tier_forbidden', [from]]);
    const after = ofTier4(from);
    assert.deepEqual([outcome(after), ends(after)], [`hold ${missing}`, ['2027-01-15T00:00:00.000Z']]);
  });
  test('an entry that comes to reach nothing here has nothing judged again', () => {
    const now = '2026-11-20T12:00:00Z';
    for (const entry of [anEntry({ until: '2027-01-15', actors: ['user:mona'] }), anEntry({ until: '2027-01-15', action: 'infra.*' }), anEntry({ until: '2027-01-15', maxTier: 3 }), anEntry({ until: '2027-01-15', paths: ['docs/**'] })]) {
      assert.deepEqual(ends({ snapshot: { ...ofOrganization(4, entry), now } }), []);
    }
    assert.deepEqual(ends({ governance: { whitelist: [anEntry({ until: '2027-01-15' })] }, tier: 4 }), []);
    assert.deepEqual(ends({ snapshot: { ...ofOrganization(3, anEntry({ until: '2027-01-15' })), now } }), ['2027-01-15T00:00:00.000Z']);
  });
  test('an entry that does not match, or is not needed, ends nothing', () => {
    assert.deepEqual(ends({ governance: { whitelist: [anEntry({ actors: ['user:mona'] })] } }), []);
    assert.deepEqual(ends({ tier: 1, governance: listed }), []);
  });
});

describe('what another gate holds', () => {
  const held = aFinding({ code: 'schema/incompatible', path: 'infra/a.tf', line: 2 });
  const holding = (...votes: readonly ReturnType<typeof aVote>[]) => outcome({ tier: 1, votes, verdicts: [aVerdict('contracts', [held])] });
  test('is denied when somebody rejects it who could have released it', () => {
    assert.equal(holding(aVote('bob', { answer: 'reject', reason: 'breaks us', target: { kind: 'head', scope: 'schema/incompatible', sha: null } })), 'fail deny governance/rejected');
    assert.equal(holding(aVote('bob', { answer: 'reject', target: { kind: 'head', scope: 'schema/incompatible', sha: null } }), aVote('ann'), aVote('cid')), 'fail deny governance/rejected');
  });
  test('is left to its gate when nobody rejects it, or somebody who could not have released it', () => {
    assert.equal(holding(), 'pass');
    assert.equal(holding(aVote('ann')), 'pass');
    assert.equal(holding(aVote('eve', { answer: 'reject' }), aVote('author', { answer: 'reject' })), 'pass');
  });
});

describe('what could not be told', () => {
  test('of the actions by another gate lets nothing pass, in any tier, and is told once', () => {
    const contracts = (untold: readonly string[]) => [aVerdict('contracts', [], { untold })];
    assert.equal(outcome({ tier: 1, verdicts: contracts([]) }), 'pass');
    assert.equal(outcome({ tier: 1, verdicts: contracts(['infra/a.tf']) }), 'inconclusive unknown snapshot/unreadable');
    const { findings } = govern({ tier: 1, verdicts: contracts(['infra/a.tf', 'infra/b.tf']) });
    assert.deepEqual(findings.map(({ path, message }) => [path, message]), [['infra/a.tf', 'Cannot tell what the change of "infra/a.tf" and 1 more does: the contracts gate lacks an answer.']]);
    assert.equal(outcome({ files: { 'src/a.ts': { base: 'one', head: 'two' } }, contents: ['one'], verdicts: contracts(['src/a.ts']) }), 'inconclusive unknown snapshot/unreadable');
  });
  test('by a gate that broke lets nothing pass', () => {
    for (const code of ['engine/failed', 'engine/unsettled'] as const) assert.equal(outcome({ tier: 1, verdicts: [aVerdict('contracts', [aFinding({ code })])] }), 'inconclusive unknown snapshot/unreadable', code);
  });
  test('without the people, or the policies, nothing passes', () => {
    for (const kind of ['votes', 'contributors', 'policies'] as const) {
      const verdict = govern({ tier: 2, governance: listed, unavailable: (request) => request.kind === kind });
      assert.equal(verdict.verdict, 'inconclusive', kind);
    }
  });
  test('a team that can not be read makes it unknown whether an entry or an approval counts', () => {
    const unavailable: GovernedChange['unavailable'] = (request) => request.kind === 'membership' && request.group === 'team:governance';
    assert.equal(outcome({ tier: 2, votes: yes('ann'), unavailable }).split(' ')[0], 'inconclusive');
    assert.equal(outcome({ tier: 2, unavailable, governance: { whitelist: [anEntry({ actors: ['team:governance'] })] } }).split(' ')[0], 'inconclusive');
  });
  const ofWriters = { actors: ['team:writers'] };
  const losing = (lost: string) => (request: ProbeRequest) => lost === (request.kind === 'membership' ? request.group : request.kind);
  const unknown = 'unknown policy/no_answer';
  for (const [what, unavailable] of [['a team of the whitelist', losing('team:writers')], ['whose hand is in the change', losing('contributors')]] as const) {
    test(`without ${what} nobody is denied for want of an entry that may be there, in any tier`, () => {
      const distinct = (change: GovernedChange) => [...new Set(outcome({ unavailable, ...change }).split(' '))].join(' ');
      for (const tier of [2, 3]) assert.equal(distinct({ tier, governance: { whitelist: [anEntry(ofWriters)] } }), `inconclusive ${missing} ${unknown}`, `tier ${tier}`);
      assert.equal(distinct({ snapshot: ofOrganization(4, anEntry(ofWriters)) }), `inconclusive ${unknown}`);
    });
    test(`without ${what} an action is denied that no entry could let pass`, () => {
      assert.match(outcome({ tier: 3, unavailable, governance: { whitelist: [anEntry({ ...ofWriters, paths: ['other/**'] })] } }), /^fail deny governance\/not_whitelisted/);
      assert.match(outcome({ tier: 4, unavailable, governance: { whitelist: [anEntry(ofWriters)] } }), /^fail deny governance\/tier_forbidden/);
      for (const entry of [{ action: 'infra.*' }, { until: '2026-12-22' }]) assert.match(outcome({ snapshot: ofOrganization(4, anEntry({ ...ofWriters, ...entry })), unavailable }), /^fail deny governance\/tier_forbidden/);
    });
  }
  test('an action about which the whitelist could not be asked is told as that, with what could not be read', () => {
    const { findings, judged } = govern({ snapshot: ofOrganization(4, anEntry(ofWriters)), unavailable: losing('team:writers') });
    assert.deepEqual(findings.map(({ message, found, next }) => [message, found, next]), [[
      'It changes infra/a.tf. That is infra.change, tier 4: it could not be told whether the whitelist names everybody who takes part. Nothing in your change caused this.',
      'whether author belongs to team:writers could not be read: the test says so',
      'Wait for the next attempt.',
    ]]);
    assert.deepEqual(judged?.map((one) => [one.outcome, one.because, one.findings, one.release]), [['inconclusive', 'It could not be told whether the whitelist names everybody.', findings.map((one) => keyOfFinding(one)), null]]);
  });
  test('a rejection denies it all the same', () => {
    assert.equal(outcome({ tier: 3, unavailable: losing('team:writers'), governance: { whitelist: [anEntry(ofWriters)] }, votes: [aVote('ann', { answer: 'reject' })] }), `fail deny governance/rejected ${unknown}`);
  });
  test('somebody of whom it is known that they are not known matches no entry', () => {
    const contributors = { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }], unknown: [{ kind: 'unseen', why: 'a head that nobody saw arrive' }] } as const;
    assert.equal(outcome({ tier: 3, contributors, governance: listed }), `fail ${unlisted} notice governance/contributors_unknown`);
    assert.equal(outcome({ snapshot: ofOrganization(4, anEntry()), contributors }), 'fail deny governance/tier_forbidden notice governance/contributors_unknown');
  });
  describe('of a team that GitHub does not show', () => {
    const approvals = (count: number) => ({ approvals: { tier2: { count, from: ['team:renamed', 'team:governance'] } } });
    const unseen = { tier: 2, unseenTeams: ['team:renamed'] } as const;
    test('matters not for somebody whom another name means', () => {
      assert.equal(outcome({ ...unseen, governance: approvals(2), votes: yes('ann') }), `hold ${missing}`);
      assert.equal(outcome({ ...unseen, governance: approvals(2), votes: yes('ann', 'bob') }), 'pass');
      assert.equal(outcome({ ...unseen, governance: approvals(1), votes: [...yes('ann'), aVote('bob', { answer: 'reject' })] }), 'fail deny governance/rejected');
    });
    const onlyRenamed = { approvals: { tier2: { count: 2, from: ['team:governance'] }, tier3: { count: 2, from: ['team:renamed'] } } };
    test('matters not where nothing asks its tier', () => {
      const change = { ...unseen, governance: onlyRenamed };
      assert.equal(outcome({ ...change, votes: yes('ann') }), `hold ${missing}`);
      assert.equal(outcome({ ...change, votes: yes('ann', 'eve') }), `hold ${missing}`);
      assert.equal(outcome({ ...change, votes: yes('ann', 'bob') }), 'pass');
      assert.equal(outcome({ ...change, votes: [...yes('ann'), aVote('bob', { answer: 'reject' })] }), 'fail deny governance/rejected');
    });
    test('matters where something asks its tier, and to the no of somebody who may be in it', () => {
      assert.equal(outcome({ ...unseen, tier: 3, governance: { ...onlyRenamed, ...listed }, votes: yes('ann') }), `inconclusive ${missing} unknown policy/no_answer`);
      assert.equal(outcome({ ...unseen, governance: onlyRenamed, verdicts: [aVerdict('contracts', [aFinding({ code: 'schema/incompatible', path: 'infra/a.tf' })])], votes: yes('ann') }), `inconclusive ${missing} unknown policy/no_answer`);
      assert.equal(outcome({ ...unseen, governance: onlyRenamed, votes: [...yes('ann', 'bob'), aVote('eve', { answer: 'reject' })] }), 'inconclusive unknown policy/no_answer');
    });
    test('matters not for what enough others have released', () => {
      const held = { ...unseen, tier: 1, governance: { approvals: { tier3: { count: 2, from: ['team:governance', 'team:renamed'] } } }, verdicts: [aVerdict('contracts', [aFinding({ code: 'schema/incompatible', path: 'infra/a.tf' })])] };
      assert.equal(outcome({ ...held, votes: yes('ann', 'eve') }), 'inconclusive unknown policy/no_answer');
      assert.equal(outcome({ ...held, votes: yes('ann', 'bob', 'eve') }), 'pass');
    });
    test('matters not while it is shown but can not be read, to whom the tier that is asked has anyway', () => {
      const unavailable: GovernedChange['unavailable'] = (request) => request.kind === 'membership' && request.group === 'team:renamed';
      assert.equal(outcome({ tier: 2, unavailable, governance: onlyRenamed, votes: yes('ann') }), `hold ${missing}`);
      assert.equal(outcome({ tier: 2, unavailable, governance: onlyRenamed, votes: yes('ann', 'eve') }), `inconclusive ${missing} unknown policy/no_answer`);
    });
    test('matters not for tier 2 to somebody who may approve tier 3', () => {
      assert.equal(outcome({ ...unseen, governance: { approvals: { tier2: { from: ['team:renamed'] }, tier3: { from: ['team:governance'] } } }, votes: yes('ann') }), 'pass');
    });
    test('matters not for somebody who is known to operate an agent of the change', () => {
      const agents = [{ login: '*[bot]', operator: 'team:renamed' }, { login: 'coder[bot]', operator: 'user:ann' }];
      const document = { version: 1, hallucination: { agents }, governance: { ...team, actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }] } };
      const contributors = { people: [{ login: 'coder[bot]', id: 9, kind: 'app', via: ['author'] }], unknown: null } as const;
      assert.equal(outcome({ ...unseen, snapshot: { configured: { document } }, contributors, votes: yes('ann') }), `hold ${missing}`);
    });
    test('makes it unknown whether the word of anybody else counts, and names the configuration as what to correct', () => {
      for (const answer of ['approve', 'reject'] as const) {
        const { verdict, findings } = govern({ ...unseen, groups: members, governance: approvals(1), votes: [aVote('eve', { answer })] });
        assert.equal(verdict, 'inconclusive', answer);
        assert.deepEqual(findings.filter(({ code }) => code === 'policy/no_answer').map(({ next }) => next), ['Name another team in place of team:renamed in the configuration: GitHub shows no such team, and waiting does not change that.']);
      }
    });
    test('names it in an entry of the whitelist too', () => {
      const { verdict, findings } = govern({ ...unseen, groups: members, governance: { ...team, whitelist: [anEntry({ actors: ['team:renamed'] })] } });
      assert.deepEqual([verdict, ...findings.filter(({ code }) => code === 'policy/no_answer').map(({ next }) => next.slice(0, 46))], ['inconclusive', 'Name another team in place of team:renamed in ']);
    });
  });
  test('a yes of somebody who may operate an agent of the change does not count', () => {
    const document = { version: 1, hallucination: { agents: [{ login: '*[bot]', operator: 'team:makers' }] }, governance: { ...team, actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }] } };
    const contributors = { people: [{ login: 'coder[bot]', id: 9, kind: 'app', via: ['author'] }], unknown: null } as const;
    const unavailable: GovernedChange['unavailable'] = (request) => request.kind === 'membership' && request.group === 'team:makers' && request.login === 'ann';
    assert.equal(outcome({ snapshot: { configured: { document } }, contributors, votes: yes('ann'), unavailable }).split(' ')[0], 'inconclusive');
    assert.equal(outcome({ snapshot: { configured: { document } }, contributors, votes: yes('ann', 'bob'), unavailable }), 'pass');
  });
  test('tier 1 asks nobody, and a no to it is none', () => {
    assert.equal(outcome({ tier: 1, votes: [aVote('bob', { answer: 'reject' })] }), 'pass');
    assert.equal(govern({ tier: 1, unavailable: ({ kind }) => kind === 'votes' || kind === 'contributors' || kind === 'membership' }).verdict, 'pass');
  });
  for (const [what, answer] of [['silent', { kind: 'silent', why: 'no' }], ['refused', { kind: 'refused', why: 'no' }], ['timed out', { kind: 'timed-out', why: 'no' }]] as const) {
    test(`policies that are ${what} leave it inconclusive`, () => assert.equal(govern({ tier: 1, policies: () => answer }).verdict, 'inconclusive'));
  }
  test('no policy is asked about an input that is not of the form which rules are promised', () => {
    const asked: unknown[] = [];
    const policies: GovernedChange['policies'] = (request) => {
      asked.push(request);
      return builtinAnswer(request);
    };
    const snapshot = { base: 'no commit', configured: { policyPaths: ['policies/**'], document: { version: 1 } } };
    const files = { 'infra/a.tf': { base: 'one', head: 'two' }, 'policies/a.rego': { base: 'one', head: 'two' } };
    assert.equal(outcome({ snapshot, files, policies }), 'inconclusive unknown policy/input_invalid');
    assert.deepEqual(asked, []);
  });
});
