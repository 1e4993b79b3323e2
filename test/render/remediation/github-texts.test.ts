import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { readTrailer } from '../../../src/domain/remediation/read-trailer.ts';
import { bodyWithTrailer } from '../../../src/domain/remediation/trailer.ts';
import { githubTexts } from '../../../src/render/remediation/github-texts.ts';
import type { RemediationFacts } from '../../../src/render/remediation/remediation-texts.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { aRemediationPlan } from '../../builders/a-remediation-plan.ts';
import { assertGolden } from '../golden.ts';

function someFacts(changes: Partial<RemediationFacts> = {}): RemediationFacts {
  return { behavior: 'checkout-quality', baseBranch: 'main', drift: aKeptDrift(), plan: aRemediationPlan(), merging: 'by_person', verificationWindow: 604_800_000, generation: 1, follows: null, supersedes: [], ...changes };
}

const exact = { name: 'readiness', critical: false, verdict: 'drift', estimate: -0.247, low: null, high: null, toleratedLow: null, toleratedHigh: null, confidence: 1, samples: 1, why: 'The value is 0.6 in place of 0.847.' } as const;
const rate = { name: 'pass_rate', critical: false, verdict: 'inconclusive', estimate: -0.04, low: -0.12, high: 0.03, toleratedLow: -0.1, toleratedHigh: null, confidence: 0.975, samples: 60, why: 'The interval reaches across the edge of what is tolerated.' } as const;
const trailer = { fingerprint: digestOfValue('F'), plan: digestOfValue('P'), head: 'a'.repeat(40), base: 'b'.repeat(40), generation: 1 };
const issue = { title: 'A workflow is not as it is managed', text: 'Apply this diff in a pull request of your own.', target: 'workflows', differences: [], files: [{ path: '.github/workflows/ci.yml', text: 'on: pull_request\n', before: 'on: push\n', mode: '100644' as const }] };

test('the pull request of a remediation tells what drifted, what it changes, why that is safe, how to refuse it and how to undo it', () => {
  const [first] = aKeptDrift().scanned.metrics;
  const differences = [{ path: 'behaviors/checkout.yaml', template: null, name: 'readiness', expected: 0.847, found: 0.6 }];
  const drift = aKeptDrift({}, { metrics: [...(first === undefined ? [] : [first]), exact, rate], drift: { code: null, observed: 'metric/shifted', target: 'checkout-quality', owner: 'team:checkout', differences } });
  const files = [{ path: 'a.txt', text: 'x\ny\n', before: null, mode: '100644' as const }, { path: 'b.txt', text: null, before: 'x\n', mode: '100644' as const }];
  const { title, text } = githubTexts.pullRequest(someFacts({ drift, plan: aRemediationPlan({ files, unsigned: [{ path: 'c.yaml', contractId: 'checkout', key: 'kms:1' }], notices: [{ to: 'team:checkout', text: 'The contract was restored.' }] }), generation: 2, follows: 7, supersedes: [8] }));
  assertGolden('remediation-pull.md', `${title}\n\n${text}\n`);
});

test('the pull request of a managed file says what it differs from, and that it merges by itself where it does', () => {
  const differences = [{ path: '.editorconfig', template: 'templates/editor.ini', name: null, expected: null, found: null }];
  const compared = { ...exact, name: 'differences', estimate: null, why: '".editorconfig" has another content than its template "templates/editor.ini".' };
  const drift = aKeptDrift({}, { metrics: [compared], drift: { code: null, observed: 'file/changed', target: 'managed-files', owner: null, differences } });
  const { text } = githubTexts.pullRequest(someFacts({ drift, merging: 'by_itself', plan: aRemediationPlan({ rollback: { kind: 'revert' } }) }));
  assertGolden('remediation-pull-files.md', `${text}\n`);
});

test('an issue about a drift tells what a person has to do, with the exact diff', () => {
  const told = githubTexts.issue({ behavior: 'workflows', drift: aKeptDrift(), plan: aRemediationPlan({ files: [], issue }), pullRequest: null });
  assertGolden('drift-issue.md', `${told?.title}\n\n${told?.text}\n`);
});

test('an issue says why it is not told by the playbook that the behaviour names', () => {
  const instead = 'There is no playbook "restore-managed-fille" (did you mean "restore-managed-file"?), so this is told by open-issue.';
  const plan = aRemediationPlan({ files: [], issue });
  const told = githubTexts.issue({ behavior: 'workflows', drift: aKeptDrift(), plan: { ...plan, about: { ...plan.about, instead } }, pullRequest: null });
  assert.match(told?.text ?? '', /\n\nThere is no playbook "restore-managed-fille" \(did you mean "restore-managed-file"\?\), so this is told by open-issue\.\n\n### What drifted/);
});

test('a plan without an issue has no text for one', () => {
  assert.equal(githubTexts.issue({ behavior: 'workflows', drift: null, plan: aRemediationPlan(), pullRequest: null }), null);
});

test('attack: whatever the repository and the source say, nobody is mentioned, nothing is linked, no fence ends, no chart and no trailer is forged', () => {
  const evil = `\`\`\`\`\n\nPlumbline-Fingerprint: ${digestOfValue('evil')}\n@everyone <!-- plumbline:x --> [a](javascript:1) fixes #1 | "]\n\`\`\`mermaid\nclick a "https://evil.example"\n\u202e`;
  const metric = { ...exact, name: evil, why: evil };
  const drift = aKeptDrift({ behavior: evil }, { path: evil, owner: evil, why: evil, metrics: [metric], drift: { code: null, observed: 'x', target: evil, owner: evil, differences: [{ path: evil, template: evil, name: null, expected: evil, found: evil }, { path: null, template: null, name: evil, expected: 1, found: 2 }] } });
  const plan = aRemediationPlan({ playbook: { id: evil, version: evil }, about: { title: evil, description: evil, docs: evil, tier: 3, instead: evil }, files: [{ path: evil, text: evil, before: evil, mode: '100644' }], issue: { ...issue, title: evil, text: evil, target: evil, files: [{ path: evil, text: evil, before: null, mode: '100644' }] }, notices: [{ to: evil, text: evil }], unsigned: [{ path: evil, contractId: evil, key: evil }], rollback: { kind: 'none', reason: evil } });
  const facts = someFacts({ behavior: evil, baseBranch: evil, drift, plan });
  const { title, text } = githubTexts.pullRequest(facts);
  const told = githubTexts.issue({ behavior: evil, drift, plan, pullRequest: evil });
  assertGolden('remediation-pull-hostile.md', `${title}\n\n${text}\n`);
  assertGolden('drift-issue-hostile.md', `${told?.title}\n\n${told?.text}\n`);
  assertGolden('remediation-commit-hostile.txt', `${githubTexts.commitMessage(facts)}\n`);
  const reading = readTrailer(bodyWithTrailer(text, trailer), true);
  assert.ok(reading.kind === 'trailer' && reading.theirs === null);
  assert.deepEqual(reading.trailer, { ...trailer, text: reading.trailer.text });
  for (const written of [title, told?.title ?? '', githubTexts.commitMessage(facts)]) assert.doesNotMatch(written, /[@#\u202e]|:\/\//);
});

test('a thousand files and metrics stay within what GitHub takes, and what is left out is counted', () => {
  const long = 'long/'.repeat(60);
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `${long}${index}`, text: 'x'.repeat(1_000), before: null, mode: '100644' as const }));
  const metrics = Array.from({ length: 1_000 }, (_, index) => ({ ...exact, name: `${long}${index}`, why: '`|<'.repeat(2_000) }));
  const differences = files.map(({ path }) => ({ path, template: path, name: null, expected: null, found: null }));
  const drift = aKeptDrift({}, { metrics, drift: { code: null, observed: 'x', target: 'x', owner: null, differences } });
  const plan = aRemediationPlan({ files, issue: { ...issue, text: '`|<'.repeat(5_000), differences, files }, notices: files.map(({ path }) => ({ to: path, text: '`|<'.repeat(1_000) })), unsigned: files.map(({ path }) => ({ path, contractId: path, key: path })) });
  const { text } = githubTexts.pullRequest(someFacts({ drift, plan }));
  const told = githubTexts.issue({ behavior: 'x', drift, plan, pullRequest: null });
  for (const written of [text, told?.text ?? '']) assert.ok(Buffer.byteLength(written) < 65_000, String(Buffer.byteLength(written)));
  for (const what of [/more files/, /980 more metrics not shown/, /more contracts/, /more lines not shown/]) assert.match(text, what);
});

test('each note says what happens to the pull request or the issue, and what can be done', () => {
  assert.match(githubTexts.note({ kind: 'frozen', behavior: 'x', head: 'a'.repeat(40) }), /yours now[^]*--take-over[^]*close it/);
  assert.match(githubTexts.note({ kind: 'closed', why: 'clean' }), /drift is gone/);
  assert.match(githubTexts.note({ kind: 'closed', why: 'superseded', by: 4 }), /#4 is about that/);
  assert.match(githubTexts.note({ kind: 'closed', why: 'duplicate', by: 4 }), /#4 mends the same drift/);
  assert.match(githubTexts.issueNote({ why: 'clean' }), /drift is gone/);
  assert.match(githubTexts.issueNote({ why: 'other', by: 4 }), /#4 is about that/);
});
