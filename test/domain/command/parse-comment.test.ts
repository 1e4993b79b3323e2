import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, Misreading } from '../../../src/domain/command/command.ts';
import { parseComment } from '../../../src/domain/command/parse-comment.ts';

const sha = 'a1b2c3d';

const commands: readonly (readonly [comment: string, command: Command])[] = [
  ['/plumbline', { kind: 'help' }],
  ['/plumbline help', { kind: 'help' }],
  ['/plumbline  \t status  ', { kind: 'status' }],
  ['/plumbline recheck\r\nand thank you', { kind: 'recheck' }],
  ['/plumbline explain schema/incompatible', { kind: 'explain', code: 'schema/incompatible' }],
  [`/plumbline approve all ${sha}`, { kind: 'approve', scope: 'all', sha, reason: null }],
  [`/plumbline approve workflow.change ${sha.toUpperCase()} seen with the team`, { kind: 'approve', scope: 'workflow.change', sha, reason: 'seen with the team' }],
  [`/plumbline unapprove schema/incompatible ${sha}`, { kind: 'unapprove', scope: 'schema/incompatible', sha, reason: null }],
  [`/plumbline reject all ${sha} breaks the readers`, { kind: 'reject', scope: 'all', sha, reason: 'breaks the readers' }],
  ['/plumbline waive contract/schema_invalid a b/c.yaml until 2027-03-31 moved next week', { kind: 'waive', code: 'contract/schema_invalid', path: 'a b/c.yaml', until: '2027-03-31', reason: 'moved next week' }],
  ['/plumbline waive contract/schema_invalid valid until now.yaml until 2027-03-31 why', { kind: 'waive', code: 'contract/schema_invalid', path: 'valid until now.yaml', until: '2027-03-31', reason: 'why' }],
  ['/plumbline unwaive contract/schema_invalid a b/c.yaml', { kind: 'unwaive', code: 'contract/schema_invalid', path: 'a b/c.yaml' }],
  ['/plumbline drift scan', { kind: 'drift' }],
  ['/plumbline drift  scan\t\r\nplease', { kind: 'drift' }],
  ['/plumbline remediate managed-files', { kind: 'remediate', behavior: 'managed-files', isDryRun: false, takesOver: false }],
  ['/plumbline remediate managed-files --dry-run', { kind: 'remediate', behavior: 'managed-files', isDryRun: true, takesOver: false }],
  ['/plumbline remediate managed-files\t--take-over', { kind: 'remediate', behavior: 'managed-files', isDryRun: false, takesOver: true }],
  ['/plumbline remediate managed-files --take-over --dry-run', { kind: 'remediate', behavior: 'managed-files', isDryRun: true, takesOver: true }],
  ['/plumbline unsuppress managed-files', { kind: 'unsuppress', behavior: 'managed-files' }],
  ['/plumbline rollback 12', { kind: 'rollback', number: 12 }],
  ['/plumbline rollback #12', { kind: 'rollback', number: 12 }],
];

for (const [comment, command] of commands) {
  test(`the comment ${JSON.stringify(comment)} is read as ${command.kind}`, () => {
    assert.deepEqual(parseComment(comment), { kind: 'command', command });
  });
}

const unread: readonly (readonly [what: string, comment: string])[] = [
  ['an empty comment', ''],
  ['prose that names the command', `Please type /plumbline approve all ${sha}`],
  ['a command in the second line', `Hello\n/plumbline approve all ${sha}`],
  ['a command after an empty line', `\n/plumbline approve all ${sha}`],
  ['an indented command, which Markdown shows as code', `    /plumbline approve all ${sha}`],
  ['a command after one space', ` /plumbline approve all ${sha}`],
  ['a command in a fence', `\`\`\`\n/plumbline approve all ${sha}\n\`\`\``],
  ['a command in a fence of tildes', `~~~\n/plumbline approve all ${sha}\n~~~`],
  ['a command in a code span', `\`/plumbline approve all ${sha}\``],
  ['a quoted command', `> /plumbline approve all ${sha}`],
  ['a command in an HTML comment', `<!-- /plumbline approve all ${sha} -->`],
  ['a command that an HTML comment opens before', `<!--\n/plumbline approve all ${sha}\n-->`],
  ['the reply by mail to a command', `On Monday somebody wrote:\n> /plumbline approve all ${sha}`],
  ['another name that begins alike', `/plumbline-next approve all ${sha}`],
  ['a path', '/plumbline/src has the sources'],
  ['another command', `/deploy all ${sha}`],
];

for (const [what, comment] of unread) {
  test(`${what} is no command and gets no answer`, () => {
    assert.deepEqual(parseComment(comment), { kind: 'none' });
  });
}

const disguised: readonly (readonly [what: string, comment: string])[] = [
  ['a zero-width space before the slash', `\u200b/plumbline approve all ${sha}`],
  ['a zero-width space in the name', `/plumb\u200bline approve all ${sha}`],
  ['a byte order mark', `\ufeff/plumbline approve all ${sha}`],
  ['a homoglyph letter', `/plumblin\u0435 approve all ${sha}`],
  ['a homoglyph slash', `\u2215plumbline approve all ${sha}`],
  ['full-width letters', `\uff0f\uff50\uff4c\uff55\uff4d\uff42\uff4c\uff49\uff4e\uff45 approve all ${sha}`],
  ['capital letters', `/PLUMBLINE approve all ${sha}`],
  ['a capital I for an l', `/pIumbline approve all ${sha}`],
  ['a no-break space after the name', `/plumbline\u00a0approve all ${sha}`],
  ['an override of the direction', `/plumbline approve all ${sha} \u202egnisrever\u202c`],
  ['an isolate of the direction', `/plumbline approve \u2066all\u2069 ${sha}`],
  ['a zero-width space in an argument', `/plumbline approve all a1b2c3d\u200b`],
  ['a line separator', `/plumbline approve all ${sha}\u2028looks like another line`],
  ['an escape sequence', `/plumbline approve all ${sha} \u001b[2K`],
  ['a broken surrogate', `/plumbline approve all ${sha} \ud800`],
];

for (const [what, comment] of disguised) {
  test(`${what} makes a command one that is not run`, () => {
    assert.deepEqual(parseComment(comment), { kind: 'misread', misreading: { kind: 'disguised' } });
  });
}

const misread: readonly (readonly [comment: string, misreading: Misreading])[] = [
  ['/plumbline aprove all a1b2c3d', { kind: 'unknown_word', word: 'aprove', suggestion: 'approve' }],
  ['/plumbline \u0430pprove all a1b2c3d', { kind: 'unknown_word', word: '\u0430pprove', suggestion: 'approve' }],
  ['/plumbline --help', { kind: 'unknown_word', word: '--help', suggestion: 'help' }],
  ['/plumbline constructor', { kind: 'unknown_word', word: 'constructor', suggestion: null }],
  ['/plumbline explain', { kind: 'wrong_argument', word: 'explain', argument: 'code', found: null, expected: 'a code such as contract/schema_invalid' }],
  ['/plumbline explain schema/incompatibel', { kind: 'unknown_code', word: 'explain', code: 'schema/incompatibel', suggestion: 'schema/incompatible' }],
  ['/plumbline explain __proto__', { kind: 'unknown_code', word: 'explain', code: '__proto__', suggestion: null }],
  ['/plumbline approve', { kind: 'wrong_argument', word: 'approve', argument: 'code|action|all', found: null, expected: 'a code such as schema/incompatible, an action such as workflow.change, or all' }],
  ['/plumbline approve all', { kind: 'no_sha', word: 'approve', scope: 'all', found: null }],
  ['/plumbline approve all looks good', { kind: 'no_sha', word: 'approve', scope: 'all', found: 'looks' }],
  ['/plumbline approve all a1b2c3', { kind: 'no_sha', word: 'approve', scope: 'all', found: 'a1b2c3' }],
  ['/plumbline reject all a1b2c3d', { kind: 'wrong_argument', word: 'reject', argument: 'reason', found: null, expected: 'why, in the same line' }],
  ['/plumbline recheck now', { kind: 'wrong_argument', word: 'recheck', argument: 'end of line', found: 'now', expected: 'nothing after it' }],
  ['/plumbline waive contract/schema_invalid a.yaml until tomorrow why', { kind: 'wrong_argument', word: 'waive', argument: 'date', found: 'tomorrow', expected: 'a day such as 2027-03-31' }],
  ['/plumbline waive contract/schema_invalid a.yaml until 2027-02-30 why', { kind: 'wrong_argument', word: 'waive', argument: 'date', found: '2027-02-30', expected: 'a day such as 2027-03-31' }],
  ['/plumbline waive contract/schema_invalid a.yaml until 2027-03-31', { kind: 'wrong_argument', word: 'waive', argument: 'reason', found: null, expected: 'why, in the same line' }],
  ['/plumbline unwaive contract/schema_invalid', { kind: 'wrong_argument', word: 'unwaive', argument: 'path', found: null, expected: 'the path of the finding, as the check shows it' }],
  ['/plumbline drift', { kind: 'wrong_argument', word: 'drift', argument: 'scan', found: null, expected: 'the word scan, and nothing after it' }],
  ['/plumbline drift scna', { kind: 'wrong_argument', word: 'drift', argument: 'scan', found: 'scna', expected: 'the word scan, and nothing after it' }],
  ['/plumbline drift scan all', { kind: 'wrong_argument', word: 'drift', argument: 'scan', found: 'scan all', expected: 'the word scan, and nothing after it' }],
  ['/plumbline remidiate managed-files', { kind: 'unknown_word', word: 'remidiate', suggestion: 'remediate' }],
  ['/plumbline remediate', { kind: 'wrong_argument', word: 'remediate', argument: 'behaviour', found: null, expected: 'the name of a behaviour, as its file has it' }],
  ['/plumbline remediate --dry-run', { kind: 'wrong_argument', word: 'remediate', argument: 'behaviour', found: '--dry-run', expected: 'the name of a behaviour, as its file has it' }],
  ['/plumbline remediate __proto__', { kind: 'wrong_argument', word: 'remediate', argument: 'behaviour', found: '__proto__', expected: 'the name of a behaviour, as its file has it' }],
  ['/plumbline remediate x --dry-rn', { kind: 'wrong_argument', word: 'remediate', argument: 'end of line', found: '--dry-rn', expected: 'nothing more, --dry-run or --take-over' }],
  ['/plumbline remediate x --dry-run --dry-run', { kind: 'wrong_argument', word: 'remediate', argument: 'end of line', found: '--dry-run --dry-run', expected: 'nothing more, --dry-run or --take-over' }],
  ['/plumbline remediate x --dry-run --take-over --force', { kind: 'wrong_argument', word: 'remediate', argument: 'end of line', found: '--force', expected: 'nothing more, --dry-run or --take-over' }],
  ['/plumbline unsuppress x y', { kind: 'wrong_argument', word: 'unsuppress', argument: 'end of line', found: 'y', expected: 'nothing after the behaviour' }],
  ...['0', '-1', '1e3', '0x10', '12 13', '99999999999', '../1', '１２'].map((found): readonly [string, Misreading] => [`/plumbline rollback ${found}`, { kind: 'wrong_argument', word: 'rollback', argument: 'pull request number', found, expected: 'the number of a pull request that Plumbline opened to remediate a drift, such as 12' }]),
];

for (const [comment, misreading] of misread) {
  test(`the comment ${JSON.stringify(comment)} is refused as ${misreading.kind}`, () => {
    assert.deepEqual(parseComment(comment), { kind: 'misread', misreading });
  });
}

const injected = ["-w 'a&&id'", '--', '-rf', '$(id)', '`id`', '../../etc/passwd', '%0aid', '"; id; "'];

for (const argument of injected) {
  test(`the attack ${argument} stays text in a reason and is no scope and no sha`, () => {
    assert.deepEqual(parseComment(`/plumbline approve all ${sha} ${argument}`), { kind: 'command', command: { kind: 'approve', scope: 'all', sha, reason: argument } });
    assert.equal(parseComment(`/plumbline approve ${argument} ${sha}`).kind, 'misread');
    assert.equal(parseComment(`/plumbline approve all ${argument} ${sha}`).kind, 'misread');
  });

  test(`the attack ${argument} is no behaviour, no word behind one, and no number`, () => {
    for (const line of [`remediate ${argument}`, `remediate x ${argument}`, `remediate x --dry-run ${argument}`, `unsuppress ${argument}`, `unsuppress x ${argument}`, `rollback ${argument}`, `rollback 1 ${argument}`, `drift scan ${argument}`]) assert.equal(parseComment(`/plumbline ${line}`).kind, 'misread', line);
  });
}

test('of ten thousand commands in one comment the first alone is read', () => {
  const comment = `/plumbline status\n${`/plumbline approve all ${sha}\n`.repeat(10_000)}`;
  assert.deepEqual(parseComment(comment), { kind: 'command', command: { kind: 'status' } });
});

const long: readonly (readonly [what: string, line: string])[] = [
  ['spaces', `/plumbline waive contract/schema_invalid${' '.repeat(65_400)}x`],
  ['the word until', `/plumbline waive contract/schema_invalid a${' until  '.repeat(8_000)}`],
  ['a scope', `/plumbline approve ${'a.'.repeat(32_000)} ${sha}`],
  ['a word', `/plumbline ${'a'.repeat(65_000)}`],
  ['a code', `/plumbline explain ${'a'.repeat(65_000)}`],
  ['invisible characters', `${'\u200b'.repeat(65_000)}/plumbline help`],
  ['words behind a behaviour', `/plumbline remediate x${' --dry-run'.repeat(6_500)}`],
  ['digits', `/plumbline rollback ${'1'.repeat(65_000)}`],
  ['a name', `/plumbline unsuppress ${'a-'.repeat(32_000)}`],
  ['a reason', `/plumbline reject all ${sha} ${'x'.repeat(65_000)}`],
];

for (const [what, line] of long) {
  test(`a first line of 65,000 characters of ${what} is refused in no time`, () => {
    const start = performance.now();
    for (let time = 0; time < 10; time += 1) assert.notEqual(parseComment(line).kind, 'command');
    assert.ok(performance.now() - start < 500);
  });
}
