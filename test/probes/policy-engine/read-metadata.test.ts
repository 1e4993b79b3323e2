import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Compilation } from '../../../src/domain/policy/compiled-policies.ts';
import { anEngine, policiesOf, policyFiles } from './an-engine.ts';

const { engine } = anEngine();
const rego = 'import rego.v1\n\nresult contains {"subject": "x", "outcome": "pass"} if input.version == 1\n';

/** A rule with these lines of METADATA above its package. */
function annotated(lines: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Compilation> {
  const metadata = lines.length === 0 ? '' : ['METADATA', ...lines].map((line) => `# ${line}\n`).join('');
  return engine.compile(policyFiles({ 'rules/t/a/a.rego': `${metadata}package plumbline.rules.t.a\n\n${rego}`, ...more }));
}

describe('METADATA of a rule', () => {
  it('is kept with what was compiled, and changes nothing of how it answers', async () => {
    const lines = ['title: A', 'related_resources:', '- https://acme.example/a', 'custom:', '  remedy: Do it.', '  effective_on: 2027-01-31'];
    const expected = [{ rule: 't/a', title: 'A', remedy: 'Do it.', resources: ['https://acme.example/a'], effectiveOn: '2027-01-31T00:00:00.000Z' }];
    const policies = policiesOf(await annotated(lines));
    assert.deepEqual(policies.metadata, expected);
    assert.deepEqual((await engine.evaluate(policies, [{ input: { version: 1 }, subjects: ['x'] }])).map(({ kind }) => kind), ['report']);
    assert.equal(policies.digest, policiesOf(await annotated([])).digest);
  });

  it('is none of a rule without', async () => {
    assert.equal(policiesOf(await annotated([])).metadata, undefined);
  });

  const refused: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, RegExp])[] = [
    ['a date that is none', ['custom:', '  effective_on: soon'], {}, /rules\/t\/a\/a\.rego:\d+: custom\.effective_on of the rule t\/a is "soon", expected a day/],
    ['a day that no month has', ['custom:', '  effective_on: "2027-02-30"'], {}, /of the rule t\/a is "2027-02-30"/],
    ['a number', ['custom:', '  effective_on: 2027'], {}, /of the rule t\/a is 2027/],
    ['a date elsewhere than above the package', [], { 'rules/t/b/b.rego': `package plumbline.rules.t.b\n\nimport rego.v1\n\n# METADATA\n# custom:\n#   effective_on: 2027-01-31\nresult contains {"subject": "x", "outcome": "pass"} if input.version == 1\n` }, /b\.rego:\d+: found custom\.effective_on in METADATA of plumbline\.rules\.t\.b\.result/],
    ['METADATA of one package in two files', ['custom:', '  effective_on: 2027-01-31'], { 'rules/t/a/more.rego': '# METADATA\n# title: A\npackage plumbline.rules.t.a\n\nimport rego.v1\n\nother := 1\n' }, /more\.rego:\d+: .*(?:redeclared: rules\/t\/a|of the rule t\/a)/],
  ];
  for (const [title, lines, more, why] of refused) {
    it(`is refused, with the rule's name, for ${title}`, async () => {
      const compilation = await annotated(lines, more);
      assert.equal(compilation.kind, 'refused');
      assert.match(compilation.kind === 'refused' ? compilation.why : '', why);
    });
  }

  it('attack: is cut where it is long, and lists few addresses', async () => {
    const [metadata] = policiesOf(await annotated([`title: ${'a'.repeat(5_000)}`, 'related_resources:', ...Array.from({ length: 20 }, (_, index) => `- https://acme.example/${index}`)])).metadata ?? [];
    assert.deepEqual([metadata?.title?.length, metadata?.resources.length], [500, 5]);
  });
});
