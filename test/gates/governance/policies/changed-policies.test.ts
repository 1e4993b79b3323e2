import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../../../src/domain/finding.ts';
import { limits } from '../../../../src/domain/limits.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { policyTexts } from '../../../builders/policy-texts.ts';
import { anEntry, aVote } from '../a-governed-change.ts';
import type { GovernedChange } from '../a-governed-change.ts';
import { governPolicies, said } from './a-policy-world.ts';
import type { PolicyChange } from './a-policy-world.ts';

/** Who changes a policy may, and it waits for nobody: what is left is about the policies themselves. */
const allowed: GovernedChange = { governance: { whitelist: [anEntry({ action: 'policy.change' })], approvals: { tier3: { count: 1, from: ['team:governance'] } } }, groups: { 'team:governance': ['ann'] }, votes: [aVote('ann')] };

const submodule = { mode: '160000', blob: 'e'.repeat(40), size: null } as const;
const judge = (files: PolicyChange, change: GovernedChange = {}): Verdict => governPolicies(files, { ...allowed, ...change });
const invalid = ({ findings }: Verdict): Finding | undefined => findings.find(({ code }) => code === 'policy/invalid');

describe('a change of policies', () => {
  it('passes where they answer afterwards', () => {
    assert.equal(said(judge({ 'policies/a.rego': { base: 'pass', head: 'pass more' } })), 'pass');
    assert.equal(said(judge({ 'policies/a.rego': { head: 'pass' } })), 'pass');
  });

  it('is denied at the file and line that do not compile, in the words of the compiler, whoever approved it', () => {
    const found = invalid(judge({ 'policies/a.rego': { base: 'pass', head: 'pass more' }, 'policies/x.rego': { base: 'pass', head: 'garbage' } }));
    assert.deepEqual([found?.severity, found?.path, found?.line], ['deny', 'policies/x.rego', 3]);
    assert.match(found?.message ?? '', /do not compile: 1 error occurred: policies\/x\.rego:3: rego_parse_error/);
  });

  it('is denied where one that it adds as the first does not compile', () => {
    assert.equal(said(judge({ 'policies/a.rego': { head: 'garbage' } })), 'fail deny policy/invalid');
  });

  it('is denied where they compile and are silent about this very change, in other words', () => {
    const verdict = judge({ 'policies/a.rego': { base: 'pass', head: 'silent' } });
    assert.equal(said(verdict), 'fail deny policy/invalid');
    assert.match(invalid(verdict)?.message ?? '', /give no answer about the change itself: the rule "t\/own" gave no answer\./);
  });

  it('is not known to be good where they do not answer in time, or the machine can not ask them', () => {
    assert.equal(said(judge({ 'policies/a.rego': { base: 'pass', head: 'slow' } })), 'inconclusive unknown policy/timed_out');
    const verdict = judge({ 'policies/a.rego': { head: 'pass' } }, { unavailable: (request) => request.kind === 'policies' && request.policies !== null });
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
  });

  it('is judged with what stays of the tree: a file beside the changed one may be what breaks it', () => {
    assert.equal(invalid(judge({ 'policies/a.rego': { base: 'garbage' }, 'policies/b.rego': { base: 'pass', head: 'pass more' } }))?.path, 'policies/b.rego');
    assert.equal(said(judge({ 'policies/a.rego': { base: 'pass', head: 'pass more', mergeBase: 'pass' }, 'policies/b.rego': { base: 'pass', mergeBase: null, head: null, changed: false } })), 'pass');
  });

  it('is denied where something that is no file stands among them', () => {
    const verdict = judge({ 'policies/a.rego': { base: 'pass' }, 'policies/b.rego': { head: submodule } });
    assert.equal(said(verdict), 'fail deny policy/invalid');
    assert.match(invalid(verdict)?.message ?? '', /policies\/b\.rego could not be read: it is no file/);
  });

  it('asks nothing of policies that it does not touch', () => {
    const asked: unknown[] = [];
    const verdict = judge({ 'policies/a.rego': { base: 'pass' }, 'src/a.ts': { base: 'one', head: 'two' } }, { unavailable: (request) => (request.kind === 'policies' && asked.push(request), false) });
    assert.equal(verdict.verdict, 'pass');
    assert.equal(asked.length, 2);
  });

  it('is judged by the globs that the configuration has after it', () => {
    const configuration = (policies: string) => `version: 1\ngovernance: {policies: ["${policies}"]}\n`;
    const [before, after] = [configuration('policies/**'), configuration('rego/**')];
    const change = (files: PolicyChange) => invalid(judge({ '.github/plumbline.yml': { base: before, head: after }, ...files }, { contents: ['pass', 'garbage', before, after] }));
    assert.equal(change({ 'rego/a.rego': { head: 'garbage' } })?.path, 'rego/a.rego');
    assert.equal(change({ 'policies/a.rego': { base: 'pass', head: 'garbage' }, 'rego/a.rego': { head: 'pass' } }), undefined);
    assert.equal(change({ 'policies/a.rego': { base: 'pass' }, 'rego/a.rego': { base: 'garbage' } })?.path, '.github/plumbline.yml');
  });
});

describe('policies that are broken at the base', () => {
  for (const [what, base] of [['do not compile', 'garbage'], ['are silent', 'silent'], ['take too long', 'slow']] as const) {
    it(`that ${what} are mended by a change of nothing else, which is held for people and takes no action`, () => {
      const verdict = judge({ 'policies/a.rego': { base, head: 'pass' } }, { votes: [] });
      assert.equal(said(verdict), 'hold hold config/repair');
      assert.deepEqual(verdict.judged, []);
      assert.deepEqual(verdict.held?.map(({ scope, from }) => [scope, from]), [['config/repair', 'tier3']]);
      assert.deepEqual(verdict.covered, ['policies/a.rego']);
    });
  }

  it('are mended by what replaces a submodule, or a file that is too large, too', () => {
    const large = ' '.repeat(limits.fileBytes + 1);
    assert.equal(said(judge({ 'policies/a.rego': { base: submodule, head: 'pass' } }, { votes: [] })), 'hold hold config/repair');
    assert.equal(said(judge({ 'policies/a.rego': { base: large, head: 'pass' } }, { votes: [], contents: ['pass', large] })), 'hold hold config/repair');
  });

  it('are mended by taking the broken one away where another one answers', () => {
    assert.equal(said(judge({ 'policies/a.rego': { base: 'garbage', head: null }, 'policies/b.rego': { base: 'pass' } }, { votes: [] })), 'hold hold config/repair');
  });

  it('stay no answer for any other change, with the way out in the text', () => {
    const verdict = judge({ 'policies/a.rego': { base: 'garbage' }, 'src/a.ts': { base: 'one', head: 'two' } });
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
    assert.match(verdict.findings[0]?.next ?? '', /a change of nothing but the repository's policies, after which they answer, is held for people/);
  });

  it('stay no answer for a change that mends them and does something else', () => {
    assert.equal(said(judge({ 'policies/a.rego': { base: 'garbage', head: 'pass' }, 'src/a.ts': { base: 'one', head: 'two' } })), 'inconclusive unknown policy/no_answer');
  });

  it('are not mended by what does not answer either, or by taking all of them away', () => {
    assert.equal(said(judge({ 'policies/a.rego': { base: 'garbage', head: 'garbage more' } })), 'fail deny policy/invalid unknown policy/no_answer');
    assert.equal(said(judge({ 'policies/a.rego': { base: 'garbage', head: 'silent' } })), 'fail deny policy/invalid unknown policy/no_answer');
    assert.equal(judge({ 'policies/a.rego': { base: 'garbage', head: null } }).verdict, 'inconclusive');
  });

  it('are not mended where the machine could not ask them: then they are not known to be broken', () => {
    assert.equal(judge({ 'policies/a.rego': { base: 'garbage', head: 'pass' } }, { unavailable: (request) => request.kind === 'policies' && policyTexts(request.policies).some(({ text }) => text === 'garbage') }).verdict, 'inconclusive');
  });

  it('leave every other rule as it is: a repair with a secret in it is denied, and one that somebody rejected', () => {
    const secret = { kind: 'scanned', secrets: [{ rule: 'key', line: 1, column: 1, digest: `sha256:${'1'.repeat(64)}` }] } as const;
    assert.match(said(judge({ 'policies/a.rego': { base: 'garbage', head: 'pass' } }, { secrets: ({ text }) => (text === 'pass' ? secret : { kind: 'scanned', secrets: [] }) })), /^fail deny governance\/secret_committed/);
    assert.equal(said(judge({ 'policies/a.rego': { base: 'garbage', head: 'pass' } }, { votes: [aVote('ann', { answer: 'reject', reason: 'no' })] })), 'fail deny governance/rejected hold config/repair');
  });
});
