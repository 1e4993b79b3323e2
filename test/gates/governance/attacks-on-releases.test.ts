import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalsOf } from '../../../src/domain/approval/approvals-of.ts';
import { electorateOf } from '../../../src/domain/approval/electorate.ts';
import type { RuleMode } from '../../../src/domain/configuration/configuration.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { Digest } from '../../../src/domain/digest.ts';
import type { PoliciesAnswer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import type { Waiver } from '../../../src/domain/waiver/waiver.ts';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { builtinAnswer } from '../../builders/builtin-answer.ts';
import { aSide } from '../../builders/content.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { anEntry, aVote, govern, governedSnapshot } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';
import { governPolicies, said } from './policies/a-policy-world.ts';

const approvals = { tier2: { count: 1, from: ['team:junior'] }, tier3: { count: 1, from: ['team:governance'] } };
const groups = { 'team:governance': ['ann', 'bob'], 'team:junior': ['jim'] };
const digest: Digest = `sha256:${'1'.repeat(64)}`;

/** A rule of the repository that holds whatever it is asked about. */
function holding(request: RequestOf<'policies'>): PoliciesAnswer {
  const { policies, subjects } = request;
  if (policies === null) return builtinAnswer(request);
  return { kind: 'report', report: { inputVersion: 1, subjects, results: subjects.map((subject) => ({ rule: 't/own', subject, outcome: 'hold', facts: {} })) } };
}

const held: GovernedChange = {
  governance: { approvals },
  groups,
  votes: [],
  policies: holding,
  snapshot: { configured: { policyPaths: ['policies/**'], document: { version: 1, governance: { approvals } } } },
};

interface Lowering {
  readonly rules?: Readonly<Record<string, RuleMode>>;
  readonly waivers?: readonly Waiver[];
}

/** The decision about a change that only governance judges. */
function decided(change: GovernedChange, { rules = {}, waivers = [] }: Lowering = {}): Decision {
  const configured = { ...change.snapshot?.configured, rules };
  const snapshot = governedSnapshot({ ...change, snapshot: { ...change.snapshot, configured } });
  const evidence = collectEvidence(governanceGate, snapshot, { contents: ['one', 'two'], ...change });
  const verdict = governanceGate.evaluate(snapshot, evidence);
  const configuration = snapshot.configuration.effective;
  const electorate = electorateOf({ snapshot, configuration, evidence: evidence.judgedBy([verdict]) });
  const { mergeBase, base, head, now } = snapshot;
  return decide({ requiredGates: ['governance'], verdicts: [verdict], waivers, approvals: approvalsOf(verdict.findings, electorate, snapshot), configuration, expiries: [], now, engine: 'test', mergeBase, base, head, uncovered: [], policyDigest: digest, inputDigest: digest });
}

function bindingsOf({ held: items = [] }: Pick<Verdict, 'held'>): readonly string[] {
  return items.map(({ scope, binding }) => `${scope} ${binding}`);
}

test('a yes to what a policy holds ends when any file of the held action changes, or one more comes', () => {
  const verdictOn = (deploy: string, more: GovernedChange['files'] = {}) =>
    governPolicies({ 'a.ts': { base: 'one', head: 'two' }, 'deploy/prod.sh': { base: 'one', head: deploy }, ...more, 'policies/a.rego': { base: 'hold' } }, { governance: { approvals }, groups, contents: ['one', 'two', 'harmless', 'rm -rf', 'hold'] });
  const before = verdictOn('harmless');
  assert.equal(said(before), 'hold hold policy/held');
  assert.deepEqual(bindingsOf(verdictOn('harmless')), bindingsOf(before));
  assert.notDeepEqual(bindingsOf(verdictOn('rm -rf')), bindingsOf(before));
  assert.notDeepEqual(bindingsOf(verdictOn('harmless', { 'deploy/more.sh': { head: 'one' } })), bindingsOf(before));
});

test('a yes to harmless content does not release another one of the same paths', () => {
  const change = (deploy: string, votes: GovernedChange['votes'] = []): GovernedChange => ({
    ...held,
    votes,
    contents: ['one', 'two', 'harmless', 'rm -rf', 'hold'],
    files: { 'a.ts': { base: 'one', head: 'two' }, 'deploy/prod.sh': { base: 'one', head: deploy }, 'policies/a.rego': { base: 'hold' } },
  });
  const first = decided(change('harmless'));
  assert.equal(first.cause, 'hold');
  const vote = aVote('ann', { target: { kind: 'items', items: first.held ?? [] } });
  assert.equal(decided(change('harmless', [vote])).cause, 'pass');
  assert.equal(decided(change('rm -rf', [vote])).cause, 'hold');
});

test('a yes to files that nobody scanned ends when any of them changes', () => {
  const big = (letter: string): string => letter.repeat(limits.fileBytes + 10);
  const verdictOn = (second: string) => govern({ tier: 1, governance: { approvals }, groups, contents: [big('a'), big('b'), big('c')], files: { 'a.bin': { head: big('a') }, 'b.bin': { head: second } } });
  const before = bindingsOf(verdictOn(big('b')));
  assert.equal(before.length, 1);
  assert.deepEqual(bindingsOf(verdictOn(big('b'))), before);
  assert.notDeepEqual(bindingsOf(verdictOn(big('c'))), before);
});

/** Requirements that take packages from two files more than are told one by one. @param last What stands in the last of them. */
function including(last: string): Pick<GovernedChange, 'files' | 'contents'> {
  const lists = Array.from({ length: 22 }, (_, index) => `deps/p${String(index).padStart(2, '0')}.list`);
  const requirements = lists.map((path) => `-r ${path}\n`).join('');
  const files = Object.fromEntries([['requirements.txt', { head: requirements }], ...lists.map((path, index) => [path, { head: index === 21 ? last : 'one' }] as const)]);
  return { files, contents: [requirements, 'one', last] };
}

test('attack: a yes to more included files than are told one by one does not release another content of the last', () => {
  const bindingsFor = (last: string) => bindingsOf(govern({ governance: { approvals }, groups, ...including(last) }));
  const before = bindingsFor('two');
  assert.equal(before.length, 21);
  assert.deepEqual(bindingsFor('two'), before);
  assert.notDeepEqual(bindingsFor('evil'), before);
});

test('an entry for the requirements alone releases none of the files that they include', () => {
  const whitelist = [anEntry({ action: 'dependency.add', paths: ['requirements.txt'] })];
  const { judged = [] } = govern({ governance: { approvals, whitelist }, groups, ...including('two') });
  assert.deepEqual(judged.filter(({ tier }) => tier > 1).map(({ outcome }) => outcome), Array.from({ length: 21 }, () => 'hold'));
});

test("what the organisation denies is denied in a repair of the repository's policies too", () => {
  const { blob, size } = aSide('deny');
  const change = (base: string) =>
    governPolicies(
      { 'policies/a.rego': { base, head: 'pass more' } },
      {
        votes: [],
        groups,
        snapshot: {
          configured: { document: { version: 1, governance: { policies: ['policies/**'], approvals, whitelist: [anEntry({ action: 'policy.change', maxTier: 3 })] } }, policyPaths: ['policies/**'] },
          configuration: { organizationText: 'version: 1\ngovernance: {policies: ["rules/**"]}\n', organizationFiles: { kind: 'files', files: [{ kind: 'policy', path: 'rules/0.rego', mode: '100644', blob, size }] } },
        },
      },
    );
  assert.match(said(change('pass')), /deny policy\/denied/);
  assert.match(said(change('garbage')), /deny policy\/denied/);
});

test('a no of an admin, who alone may release it, denies a repair of policies', () => {
  const verdict = governPolicies({ 'policies/a.rego': { base: 'garbage', head: 'pass' } }, { governance: { approvals }, groups: { ...groups, admins: ['root'] }, votes: [aVote('root', { answer: 'reject', reason: 'no' })] });
  assert.match(said(verdict), /deny governance\/rejected/);
});

test('what a policy holds is not lost behind a secret that is waived or only observed', () => {
  const change = (has: boolean): GovernedChange => ({
    ...held,
    contents: ['one', 'two', 'hold'],
    secrets: ({ text }) => ({ kind: 'scanned', secrets: has && text === 'two' ? [{ rule: 'key', line: 1, column: 1, digest }] : [] }),
    files: { 'deploy/prod.sh': { base: 'one', head: 'two' }, 'policies/a.rego': { base: 'hold' } },
  });
  assert.equal(decided(change(false)).cause, 'hold');
  const denied = decided(change(true));
  assert.equal(denied.cause, 'fail');
  const found = denied.verdicts.flatMap(({ findings }) => findings).find(({ code }) => code === 'governance/secret_committed');
  assert.ok(found !== undefined);
  const { code, fingerprint, path } = found;
  const waiver: Waiver = { code, fingerprint, path, contract: null, owner: 'team:platform', reason: 'a sample', grantedBy: '#1', until: '2026-12-01T00:00:00.000Z' };
  assert.equal(decided(change(true), { waivers: [waiver] }).cause, 'hold');
  assert.equal(decided(change(true), { rules: { 'governance/secret_committed': { kind: 'observe' } } }).cause, 'hold');
});

test('a secret that the organisation lifts waits for people, and is among what they may release', () => {
  const entry = anEntry({ action: 'secret.commit' });
  const decision = decided({
    contents: ['one', 'two'],
    votes: [],
    groups,
    secrets: ({ text }) => ({ kind: 'scanned', secrets: text === 'two' ? [{ rule: 'key', line: 1, column: 1, digest }] : [] }),
    files: { 'a.ts': { base: 'one', head: 'two' } },
    snapshot: { configured: { document: { version: 1, governance: { approvals, whitelist: [entry] } } }, configuration: { organizationText: `version: 1\ngovernance: {whitelist: [${JSON.stringify(entry)}]}\n` } },
  });
  assert.equal(decision.cause, 'hold');
  assert.deepEqual(decision.held.map(({ scope, waits }) => ({ scope, waits })), [{ scope: 'secret.commit', waits: true }]);
});

test('approvals are asked for where only the missing entry is observed', () => {
  const document = { version: 1, governance: { approvals, actions: [{ action: 'infra.change', tier: 3, paths: ['infra/**'] }] } };
  const change: GovernedChange = { groups, votes: [], files: { 'infra/a.tf': { base: 'one', head: 'two' } }, snapshot: { configured: { document } } };
  const rules = { '*': { kind: 'observe' }, 'governance/approvals_missing': { kind: 'enforce' } } as const;
  const found = decided(change, { rules }).verdicts.flatMap(({ findings }) => findings).map(({ code, severity }) => `${severity} ${code}`);
  assert.deepEqual(found.toSorted(), ['hold governance/approvals_missing', 'notice governance/not_whitelisted']);
});

test('a yes counts nothing where it is not known whose hands are in the change, and it is told why', () => {
  const verdict = govern({ tier: 2, governance: { approvals }, groups, votes: [aVote('jim')], contributors: { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }], unknown: [{ kind: 'unseen', why: 'the head 1234567 was not seen to arrive' }] } });
  const [found] = verdict.findings.filter(({ code }) => code === 'governance/approvals_missing');
  assert.equal(verdict.verdict, 'hold');
  assert.equal(found?.found, 'nobody yet; not counted: jim may have a hand in the change, since the head 1234567 was not seen to arrive');
  assert.match(found.next, /open it again/);
});
