import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plannedIssueText } from '../../../src/render/playbook/planned-issue.ts';

test('plannedIssueText() says what drifted, what was agreed and measured, and shows the exact diff', () => {
  const text = plannedIssueText({ title: 't', text: 'Look at `a`.', target: 'checkout', differences: [{ path: null, template: null, name: 'score', expected: 0.8, found: 0.6 }], files: [{ path: 'a', text: 'y\n', before: 'x\n', mode: '100644' }] });
  assert.equal(text, 'Look at `a`.\n\nDrifted: `checkout`\n\n```diff\n  score\n- 0.6\n+ 0.8\n```\n\n```diff\n--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x\n+y\n```\n');
});

test('attack: what was measured, or stands in a file, ends no fence and mentions nobody', () => {
  const text = plannedIssueText({ title: 't', text: '@all <b>', target: '`@all`', differences: [{ path: null, template: null, name: '```\n@all', expected: '```` x', found: null }], files: [{ path: 'a', text: '`````\n@all\u202e\n', before: null, mode: '100644' }] });
  assert.equal(text, '@&#8203;all &#60;b&#62;\n\nDrifted: `` `@all` ``\n\n`````diff\n  ```␊@all\n- (not told)\n+ "```` x"\n`````\n\n``````diff\n--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+`````\n+@all⟨U+202E⟩\n``````\n');
});

test('plannedIssueText() counts what it leaves out', () => {
  const differences = Array.from({ length: 51 }, (_, index) => ({ path: null, template: null, name: `m${index}`, expected: 1, found: 2 }));
  const text = plannedIssueText({ title: 't', text: 'a', target: 'b', differences, files: [{ path: 'a', text: 'x\n'.repeat(399), before: null, mode: '100644' }] });
  assert.match(text, /\n3 more lines not shown\.\n/);
  assert.match(text, /\n2 more lines not shown\.\n$/);
});
