import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { CompiledPolicies } from '../../../src/domain/policy/compiled-policies.ts';
import type { PolicyReading } from '../../../src/probes/policy-engine/policy-engine.ts';
import { compiledPolicies } from '../../../src/probes/policy-engine/compiled-policies-of.ts';
import { aRule, anEngine, policiesOf, policyFiles } from './an-engine.ts';
import { constant, loop, opaLike, wasmModule } from './wasm-module.ts';
import type { WasmPlan } from './wasm-module.ts';

/** One engine with one worker for all of them: what one attack leaves behind must not harm the next. */
const { engine } = anEngine({ timeoutMs: 200, loadTimeoutMs: 300 });
/** Those that take longest, or are much like another, run with the long tests. */
const isLong = process.env['PLUMBLINE_LONG'] === '1';
let attacks = 0;
after(() => assert.equal(attacks, isLong ? 74 : 63));

const pass = '{"subject": "x", "outcome": "pass"}';
/** Each answers for the subject, if it ever ends: in Rego, chosen by the input. */
const programs: Readonly<Record<string, string>> = {
  'an endless comprehension': 'count([1 | some i in numbers.range(1, 3000); some j in numbers.range(1, 3000); some k in numbers.range(1, 3000); i + j + k < 0]) == 0',
  'a list of a billion numbers': 'count(numbers.range(1, 1000000000)) > 0',
  'a text of a gigabyte': 'count(concat("", [input.text | some i in numbers.range(1, 1000)])) > 0',
  'a text that is replaced by itself': 'count(replace(replace(input.text, "a", input.text), "a", input.text)) > 0',
  'a padding of a billion spaces': 'count(sprintf("%1000000000d", [1])) > 0',
  'a format that does not fit': 'count(sprintf("%d", ["a"])) > 0',
  'a pattern that unfolds to a million states': 'regex.match("((a{100}){100}){100}", input.text)',
  'a pattern that is none': 'regex.match("(", input.text)',
  'a glob of nothing but alternatives': 'glob.match("{{a,b},{a,b},{a,b}}{{a,b},{a,b}}*[", [], input.text)',
  'a product of sets': 'count({[a, b, c] | some a in numbers.range(1, 500); some b in numbers.range(1, 500); some c in numbers.range(1, 500)}) > 0',
  'a range that ends at a fraction': 'count(numbers.range(1, input.half)) > 0',
  'a member that is not there': 'input.absent.deeper == 1',
  'an answer of the wrong kind': 'startswith(input.zero, "a")',
};

const cases = Object.values(programs).map((body, index) => `result contains ${pass} if {\n\tinput.attack == ${index}\n\t${body}\n}`);
const shapes = ['result contains "pass" if input.attack == "text"', 'result contains {"subject": "x", "outcome": "allow"} if input.attack == "outcome"', 'result contains {"subject": "x", "outcome": o} if {\n\tinput.attack == "both"\n\tsome o in ["pass", "fail"]\n}', 'result contains {"subject": s, "outcome": "pass", "text": input.text} if {\n\tinput.attack == "many"\n\tsome s in [format_int(i, 10) | some i in numbers.range(1, 5000)]\n}', 'result contains {"subject": "x", "outcome": "pass", "deep": input.deep} if input.attack == "deep"', `result contains ${pass} if input.attack == "none"`, `result contains ${pass} if {\n\tinput.attack == "backtrack"\n\tnot regex.match("^(a+)+$", input.text)\n}`, 'result contains {"subject": "x", "outcome": "pass", "rule": "t/other", "malformed": 1} if input.attack == "rule"'];
const hostile = policiesOf(await engine.compile(policyFiles(aRule('attack', [...cases, ...shapes].join('\n\n')))));

async function asked(policies: CompiledPolicies, input: JsonObject, subjects: readonly string[] = ['x']): Promise<PolicyReading> {
  const good = { input: { version: 1, attack: 'none' }, subjects: ['x'] };
  const [reading, beside] = await engine.evaluate(policies, [{ input: { version: 1, ...input }, subjects }, good]);
  if (policies === hostile) assert.equal(beside?.kind, 'report', 'the question behind it is answered');
  attacks += 1;
  return reading ?? { kind: 'unavailable', why: '' };
}

const longPrograms: ReadonlySet<string> = new Set(['a text that is replaced by itself', 'a product of sets', 'a pattern that is none', 'a list of a billion numbers']);

for (const [index, what] of Object.keys(programs).entries()) {
  if (isLong || !longPrograms.has(what)) test(`${what} gives no answer, in time, and harms no other question`, async () => {
    const began = performance.now();
    const reading = await asked(hostile, { attack: index, text: 'a'.repeat(1024 * 1024), zero: 0, half: 1.5 });
    assert.ok(reading.kind === 'silent' || reading.kind === 'timed-out', JSON.stringify(reading));
    assert.ok(performance.now() - began < 10_000);
  });
}

const nested = (levels: number): JsonValue => Array.from({ length: levels }).reduce<JsonValue>((inner) => [inner], 'leaf');
const inputs: readonly (readonly [what: string, input: JsonObject, why: RegExp])[] = [
  ['an answer that is a text', { attack: 'text' }, /answers "pass", expected an object/],
  ['an outcome of its own', { attack: 'outcome' }, /expected pass, fail or hold/],
  ['two outcomes for one subject', { attack: 'both' }, /more than one answer/],
  ['five thousand answers of a megabyte', { attack: 'many', text: 'a'.repeat(1024 * 1024) }, /memory|longer than|broke|evaluation took/],
  ['an answer that is nested without end', { attack: 'deep', deep: nested(500) }, /more than 64 levels/],
  ['an input that is nested deeper than the runtime writes', { attack: 'none', deep: nested(200_000) }, /nested too deep/],
  ['an input of many megabytes', { attack: 'none', text: 'a'.repeat(17 * 1024 * 1024) }, /more than \d+ bytes/],
];

for (const [what, input, why] of inputs) {
  if (isLong || !what.startsWith('five thousand')) test(`${what} is unavailable`, async () => {
    const reading = await asked(hostile, input);
    assert.match(reading.kind === 'report' ? JSON.stringify(reading).slice(0, 200) : reading.why, why);
  });
}

test('a pattern that takes others for ever is matched in time, since none runs as one of JavaScript', async () => {
  assert.equal((await asked(hostile, { attack: 'backtrack', text: `${'a'.repeat(10_000)}b` })).kind, 'report');
});

test('a rule that signs with the name of another is known by its own', async () => {
  const reading = await asked(hostile, { attack: 'rule' });
  assert.deepEqual(reading.kind === 'report' ? reading.report.results.map(({ rule }) => rule) : reading, ['t/attack']);
});

test('names of the prototype are subjects and members like any other', async () => {
  const reading = await asked(hostile, { attack: 'none', ...JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') }, ['x', '__proto__']);
  assert.deepEqual([reading, 'polluted' in {}], [{ kind: 'silent', why: 'the rule "t/attack" gave no answer for "__proto__"' }, false]);
});

const filled = [...constant(20_000), ...constant(91), ...constant(300_000), 0xfc, 0x0b, 0, ...constant(20_000)];
/** Ninety megabytes of open brackets, given to a built-in: `memory.grow`, `memory.fill`, then a call of the first import. */
const handed = [...constant(1_500), 0x40, 0, 0x1a, ...constant(400_000), ...constant(91), ...constant(90_000_000), 0xfc, 0x0b, 0, ...constant(0), ...constant(0), ...constant(400_000), 0x10, 0];
const modules: readonly (readonly [what: string, plan: WasmPlan, why: RegExp])[] = [
  ['no module at all', { imports: [] }, /exactly one memory/],
  ['a further import', { imports: [{ name: 'memory' }, { name: 'fd_write' }] }, /imports the function "env\.fd_write"/],
  ['a memory of four gigabytes', { imports: [{ name: 'memory', memory: [0, 0x80, 0x80, 4] }] }, /broke/],
  ['two memories', { imports: [{ name: 'memory' }, { name: 'memory' }] }, /exactly one memory/],
  ['a memory of its own', { ownMemory: true }, /memory of its own/],
  ['a start that never ends', { endlessStart: true }, /loading of the policies took longer/],
  ['nothing that OPA exports', {}, /broke/],
  ['a built-in that there is not', opaLike(constant(3072), '{"http.send":1}'), /needs the built-in "http\.send"/],
  ['a built-in by a name of the prototype', opaLike(constant(3072), '{"constructor":1}'), /needs the built-in "constructor"/],
  ['a built-in that the SDK runs as JavaScript', opaLike(constant(3072), '{"regex.split":1}'), /needs the built-in "regex\.split"/],
  ['an evaluation that never ends', opaLike([...loop, ...constant(3072)]), /evaluation took longer/],
  ['an empty set of answers', opaLike(constant(3072)), /undefined/],
  ['an answer outside of its memory', opaLike(constant(-1)), /longer than|broke/],
  ['an answer of three hundred thousand open brackets', opaLike(filled), /more than 64 levels/],
  ['ninety megabytes of open brackets for a built-in', { ...opaLike(handed, '{"sprintf":0}'), imports: [{ name: 'opa_builtin1', parameters: 3 }, { name: 'memory' }] }, /longer than \d+ (?:characters|ms)/],
  ['brackets without end where it names its built-ins', opaLike(constant(3072), '['.repeat(500)), /more than 64 levels/],
  ['a trap', opaLike([0x00]), /broke/],
  ['a recursion without end', opaLike([0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x20, 4, 0x20, 5, 0x20, 6, 0x10, 7]), /broke/],
];

for (const [what, plan, why] of modules) {
  if (isLong || what !== 'an evaluation that never ends') test(`a module with ${what} is refused, or ended in time`, async () => {
    const reading = await asked(compiledPolicies(wasmModule(plan), '{}', ['t/attack']), { attack: 'none' });
    assert.match(reading.kind === 'report' ? JSON.stringify(reading) : reading.why, why);
  });
}

test('bytes that are no module are refused', async () => {
  assert.equal((await asked(compiledPolicies(new Uint8Array(100), '{}', ['t/attack']), {})).kind, 'silent');
});

const rego = (text: string): Readonly<Record<string, string>> => aRule('bad', text);
const passedOver = (head: string): Readonly<Record<string, string>> => ({ ...rego(`result contains ${pass} if input.x`), 'rules/t/bad/bad_test.rego': `package plumbline.rules.t.bad_test\n\ntest_good if true\n\n${head}\n` });
const trees: readonly (readonly [what: string, files: Readonly<Record<string, string>>, why: RegExp])[] = [
  ['asks the network', rego(`result contains http.send({"method": "get", "url": "http://127.0.0.1"}) if input.x`), /undefined function http\.send/],
  ['asks the clock', rego('result contains time.now_ns() if input.x'), /undefined function time\.now_ns/],
  ['reads the environment', rego('result contains opa.runtime().env if input.x'), /undefined function opa\.runtime/],
  ['refers to itself', rego('a := b\n\nb := a\n\nresult contains a if input.x'), /recursive/],
  ['calls itself', rego('f(x) := f(x)\n\nresult contains f(1) if input.x'), /recursive/],
  ['speaks as the report', { 'a.rego': 'package main\n\nreport := 1\n' }, /the package main, which is Plumbline's own/],
  ['speaks in our space', { 'a.rego': 'package plumbline.rules\n\nt.bad.result := 1\n' }, /expected plumbline\.rules\.<area>\.<code>/],
  ['speaks for a rule by data', { ...rego('result contains 1 if input.x'), 'plumbline/rules/u/data.json': '{"x": {"result": []}}' }, /data at data\.plumbline/],
  ['is nested without end', rego(`x := ${'['.repeat(20_000)}`), /memory|nest|depth|parse|max/i],
  ['leads out of its folder', { '../escape.rego': 'package a\n' }, /no path within the policies/],
  ['stands at an absolute path', { '/tmp/escape.rego': 'package a\n' }, /no path within/],
  ['has a colon in its path, which OPA takes for a place', { 'data:x.rego': 'package a\n' }, /no path within/],
  ['takes the place of our own file', { 'Plumbline-main/main.rego': 'package a\n' }, /Plumbline's own name/],
  ['has two files that one disk can not tell apart', { 'a.rego': 'package a\n', 'A.rego': 'package a\n' }, /twice/],
  ['is a rule in a file that is named like a test', { 'rules/t/load_test.rego': 'package plumbline.rules.t.load\n' }, /named like a test, expected "rules\/t\/load\.rego" beside it/],
  ['is a rule in a folder that is named like a test', aRule('load_test', 'result contains 1'), /in a folder that is named like a test/],
  ['is a rule with a code that is named like a test', { 'load.rego': 'package plumbline.rules.t.load_test\n\nresult contains 1\n' }, /plumbline\.rules\.t\.load_test, which is named like a test/],
  ['adds to a rule in a file of tests', { ...rego('result contains 1 if input.x'), 'rules/t/bad/bad_test.rego': 'package plumbline.rules.t.bad\n\nresult contains 2\n' }, /in a file of tests, expected one that ends in _test/],
  ['hides a rule among the tests of another', { ...rego('result contains 1 if input.x'), 'rules/t/bad/bad_test.rego': 'package plumbline.rules.t.bad_test\n\n  result contains 2\n' }, /bad_test\.rego:3: found a result in a file of tests, expected none/],
  ['has an ending that is Rego on other disks only', { ...rego('result contains 1'), 'rule.Rego': 'package a\n' }, /"rule\.Rego" is neither Rego/],
  ['has data that OPA would read and we do not', { ...rego('result contains 1'), 'limits/data.yaml': 'most: 1\n' }, /"limits\/data\.yaml" is neither Rego/],
  ['divides, perhaps by zero under a not', rego(`small if 1 / input.zero < 5\n\nresult contains ${pass} if not small`), /undefined function div/],
  ['asks for a remainder of what may be a fraction', rego(`odd if input.half % 2 == 1\n\nresult contains ${pass} if not odd`), /undefined function rem/],
  ['answers by default', rego(`default result := {${pass}}\n\nresult := {{"subject": "x", "outcome": "fail"}} if input.never`), /bad\.rego:5: found a result that is assigned or has a default, expected result contains/],
  ['answers in an else', rego(`result := {{"subject": "x", "outcome": "fail"}} if input.never\n\nelse := {${pass}}`), /bad\.rego:5: found a result that is assigned/],
  ['answers beneath the result', rego(`result.a := ${pass}`), /bad\.rego:5: found a result that is assigned/],
  ['answers without a body', rego(`result contains {"subject": "y", "outcome": "pass"} if input.y\n\nresult contains ${pass}`), /bad\.rego:7: found a result without a body, expected result contains … if/],
  ['answers from a body of nothing but true', rego(`result contains ${pass} if {\n\ttrue\n\ttrue\n}`), /bad\.rego:5: found a result without a body/],
  ['names tests by a variable, so that OPA runs none of them', passedOver('test_a[note] if some note in ["one"]'), /bad_test\.rego:5: found test_a with something after its name, which is not run as a test/],
  ['names a test by a path, so that OPA does not run it', passedOver('todo_test_b.c if false'), /bad_test\.rego:5: found todo_test_b with something after its name/],
  ['is too large', { 'a.rego': '#'.repeat(4 * 1024 * 1024 + 1) }, /bytes together/],
  ['has too many files', Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`f${index}.rego`, ''])), /1001 files/],
];

const longTrees: ReadonlySet<string> = new Set(['asks the clock', 'reads the environment', 'calls itself', 'speaks in our space', 'is nested without end']);

for (const [what, files, why] of trees) {
  if (isLong || !longTrees.has(what)) test(`Rego that ${what} is refused before it is ever evaluated`, async () => {
    const compilation = await engine.compile(policyFiles(files));
    assert.match(compilation.kind === 'compiled' ? 'compiled' : compilation.why, why);
    attacks += 1;
  });
}
