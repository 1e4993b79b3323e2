import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FindingCode } from '../../../src/domain/finding-code.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import { aFinding, aVerdict } from '../../builders/decision-builder.ts';
import { anEntry, aVote, govern } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';

const unseen = { kind: 'unseen', why: 'the head 1234567 was not seen to arrive' } as const;
const unlisted = { kind: 'unlisted', why: 'not all commits could be listed' } as const;
const reopen = 'Let its author, or somebody who does not approve it, close the pull request and open it again: whoever opens it has a hand in it.';
const squash = 'Squash its commits, or split it: of one pull request 1,000 commits are read, with 50 authors each.';

function saying(unknown: Contributors['unknown'], change: GovernedChange) {
  const contributors: Contributors = { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }], unknown };
  const { findings } = govern({ contributors, ...change });
  return findings.filter(({ code }) => code === 'governance/contributors_unknown').map(({ severity, found, next }) => [severity, found, next]);
}

const held = (code: FindingCode): GovernedChange => ({ tier: 1, verdicts: [aVerdict('contracts', [aFinding({ code, severity: 'hold', path: 'infra/a.tf' })])] });

test('whatever waits for people, or lacks an entry, says why nobody counts while it is not known whose hands are in the change', () => {
  for (const change of [held('schema/incompatible'), held('snapshot/too_many'), { tier: 2 }, { tier: 3 }]) assert.deepEqual(saying([unseen], change), [['notice', unseen.why, reopen]]);
});

test('commits that can not all be listed are named as such: opening the pull request again would not help', () => {
  assert.deepEqual(saying([unlisted], { tier: 2 }), [['notice', unlisted.why, squash]]);
  assert.deepEqual(saying([unseen, unlisted, unseen], { tier: 2 }), [['notice', `${unseen.why}; ${unlisted.why}; ${unseen.why}`, `${reopen} ${squash}`]]);
});

test('what is free, what everybody is known of, and a first configuration, which even its author may release, say nothing of it', () => {
  assert.deepEqual([saying([unseen], { tier: 1 }), saying(null, { tier: 3 }), saying([unseen], held('config/missing'))], [[], [], []]);
});

describe('of tier 4', () => {
  const ofOrganization = (entry: JsonObject): GovernedChange => {
    const governance = { actions: [{ action: 'infra.change', tier: 4, paths: ['infra/**'] }], whitelist: [entry] };
    return { snapshot: { configured: { document: { version: 1, governance } }, configuration: { organizationText: JSON.stringify({ version: 1, governance }) } } };
  };
  test('what an entry of the organisation would lift, once everybody is known, says so', () => {
    assert.deepEqual(saying([unseen], ofOrganization(anEntry())), [['notice', unseen.why, reopen]]);
    assert.deepEqual(saying([unseen], { ...ofOrganization(anEntry()), votes: [aVote('root', { answer: 'reject' })] }), [['notice', unseen.why, reopen]]);
  });
  test('what no entry could lift says nothing of it, since nobody who is known helps', () => {
    for (const change of [{ tier: 4 }, ofOrganization(anEntry({ action: 'infra.*' })), ofOrganization(anEntry({ until: '2026-12-22' }))]) assert.deepEqual(saying([unseen], change), []);
  });
  test('what is lifted for everybody says nothing of it', () => assert.deepEqual(saying(null, ofOrganization(anEntry())), []));
});

describe('while no account is called as the operator of an agent with a hand in it is', () => {
  const agents = { agents: [{ login: 'robot', operator: 'user:ann' }] };
  const byAgent: GovernedChange = { contributors: { people: [{ login: 'robot', id: 9, kind: 'human', via: ['author'] }], unknown: null }, snapshot: { configured: { document: { version: 1, governance: { actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }] }, hallucination: agents } } } };
  const next = 'Name a team, or the login that they have now, in place of user:ann as `operator` in `hallucination.agents`: while no account is called so, nobody\'s yes counts.';
  test('what waits for people says so before anybody voted, with what helps', () => {
    assert.deepEqual(saying(null, { ...byAgent, gone: ['ann'] }), [['notice', 'who user:ann is can not be told: no account is called so any more', next]]);
  });
  test('it says nothing of it where somebody is called so', () => assert.deepEqual(saying(null, byAgent), []));
});
