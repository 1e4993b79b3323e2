import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrganizationFile, OrganizationFiles } from '../../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { aConfiguration } from '../../../builders/a-configuration.ts';
import { aSide } from '../../../builders/content.ts';
import type { Content } from '../../../builders/content.ts';
import { anEntry, aVote } from '../a-governed-change.ts';
import type { GovernedChange } from '../a-governed-change.ts';
import { governPolicies, said } from './a-policy-world.ts';
import type { PolicyChange } from './a-policy-world.ts';

const text = 'version: 1\ngovernance: {policies: ["rules/**"]}\n';
const fileOf = (path: string, content: Content): OrganizationFile => ({ kind: 'policy', path, ...aSide(content) });
const filesOf = (...contents: readonly Content[]): OrganizationFiles => ({ kind: 'files', files: contents.map((content, index) => fileOf(`rules/${index}.rego`, content)) });

/** A free change of code in a repository of an organisation with these policies. */
function judge(organizationFiles: OrganizationFiles | null, change: GovernedChange = {}, files: PolicyChange = { 'src/a.ts': { base: 'one', head: 'two' } }): Verdict {
  return governPolicies(files, { ...change, snapshot: { configured: { document: { version: 1 } }, configuration: { organizationText: text, organizationFiles }, ...change.snapshot } });
}

describe("the organisation's policies", () => {
  it('let pass what every rule of theirs lets pass', () => {
    assert.equal(said(judge(null)), 'pass');
    assert.equal(said(judge(filesOf('pass', 'pass more'))), 'pass');
  });

  it('deny and hold in every repository, with whose rule it is in the text', () => {
    const verdict = judge(filesOf('pass', 'deny'));
    assert.equal(said(verdict), 'fail deny policy/denied');
    assert.match(verdict.findings[0]?.message ?? '', /The rule t\/own of the organisation's policies denies that/);
    assert.equal(said(judge(filesOf('pass', 'hold'))), 'hold hold policy/held');
  });

  it('deny beside policies of the repository that let it pass', () => {
    const snapshot = { configured: { document: { version: 1 }, policyPaths: ['policies/**'] } };
    assert.equal(said(judge(filesOf('deny'), { snapshot }, { 'policies/a.rego': { base: 'pass' }, 'src/a.ts': { base: 'one', head: 'two' } })), 'fail deny policy/denied');
  });

  it('are told apart from those of the repository, where both have a rule of one name', () => {
    const snapshot = { configured: { document: { version: 1 }, policyPaths: ['policies/**'] } };
    const { evaluated, findings } = judge(filesOf('hold'), { snapshot }, { 'policies/a.rego': { base: 'hold' }, 'src/a.ts': { base: 'one', head: 'two' } });
    const theirs = evaluated.filter(({ rule }) => rule === 't/own');
    assert.deepEqual(theirs, ["the organisation's policies", "the repository's policies"].map((whose) => ({ rule: 't/own', whose, subjects: 1 })));
    assert.deepEqual([findings.length, new Set(findings.map(({ fingerprint }) => fingerprint)).size], [2, 2]);
  });

  it('are no answer where one file can not be read, whatever the others say', () => {
    const verdict = judge(filesOf('pass', 'pass more'), { unavailable: (request) => request.kind === 'organization-blob' && request.blob === aSide('pass more').blob });
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
    assert.match(verdict.findings[0]?.message ?? '', /The organisation's policies gave no answer: rules\/1\.rego could not be read/);
  });

  it('are no answer where they could not be listed', () => {
    const verdict = judge({ kind: 'unreadable', why: 'the repository of the organisation could not be read', isLasting: false });
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
    assert.match(verdict.findings[0]?.message ?? '', /the repository of the organisation could not be read/);
  });

  it('are no answer where they do not compile, and no repository below can mend them', () => {
    assert.equal(said(judge(filesOf('garbage'))), 'inconclusive unknown policy/no_answer');
    const organization = { repository: 'acme/.github', path: 'plumbline.yml', commit: 'b'.repeat(40), digest: `sha256:${'0'.repeat(64)}` } as const;
    const configuration = { effective: aConfiguration({ document: { version: 1 }, policyPaths: ['rules/**'] }), organizationText: text, organizationFiles: filesOf('garbage'), organization };
    assert.equal(judge(null, { snapshot: { configuration } }, { 'rules/0.rego': { base: 'garbage', head: 'pass' } }).verdict, 'inconclusive');
  });

  it('are no answer at the base of a repository whose own file can not be read', () => {
    const snapshot = { configured: { document: { version: 1 }, policyPaths: ['policies/**'] } };
    const files: PolicyChange = { 'policies/a.rego': { base: 'pass' }, 'policies/b.rego': { base: 'hold' }, 'src/a.ts': { base: 'one', head: 'two' } };
    const verdict = judge(filesOf('pass'), { snapshot, unavailable: (request) => request.kind === 'blob' && request.blob === aSide('hold').blob }, files);
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
    assert.match(verdict.findings[0]?.message ?? '', /The repository's policies gave no answer: policies\/b\.rego could not be read/);
  });
});

describe("the organisation's policies at the root", () => {
  const document = { version: 1, governance: { policies: ['rules/**'], whitelist: [anEntry({ action: 'policy.change' })], approvals: { root: { count: 0 } } } };
  const commit = 'b'.repeat(40);

  /** A change in the organisation's `.github`, whose `rules/**` are the organisation's. */
  function atRoot(files: PolicyChange, { commitInForce = commit, isDefault = true, areTooMany = false, ...change }: GovernedChange & { readonly commitInForce?: string; readonly isDefault?: boolean; readonly areTooMany?: boolean } = {}): Verdict {
    const inForce = Object.entries(files).flatMap(([path, { base }]) => (typeof base === 'string' && path.startsWith('rules/') ? [fileOf(path, base)] : []));
    const organizationFiles: OrganizationFiles = areTooMany ? { kind: 'unreadable', why: 'too many', isLasting: true } : { kind: 'files', files: inForce };
    const snapshot = {
      repository: { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: '.github' },
      entry: { entry: 'main', names: ['main'], require: true, isDefault },
      configured: { document, isRoot: true },
      configuration: { organizationText: text, organization: { repository: 'acme/.github', path: 'plumbline.yml', commit: commitInForce, digest: `sha256:${'0'.repeat(64)}` }, organizationFiles },
    } as const;
    return governPolicies(files, { ...change, snapshot });
  }

  it('are denied where a change leaves them broken', () => {
    const verdict = atRoot({ 'rules/a.rego': { base: 'pass', head: 'garbage' } });
    assert.deepEqual(verdict.findings.filter(({ severity }) => severity === 'deny').map(({ code, path, line }) => [code, path, line]), [['policy/invalid', 'rules/a.rego', 3]]);
  });

  it('are mended by a change of nothing else, which is held for people', () => {
    const mended: PolicyChange = { 'rules/a.rego': { base: 'garbage', head: 'pass' } };
    assert.equal(said(atRoot(mended)), 'hold hold config/repair');
    assert.equal(said(atRoot(mended, { votes: [aVote('eve', { answer: 'reject', reason: 'no' })] })), 'hold hold config/repair');
  });

  it('are mended by a change that makes fewer of what was too much', () => {
    const [mended, more]: readonly PolicyChange[] = [{ 'rules/a.rego': { base: 'pass' }, 'rules/b.rego': { base: 'pass', head: null } }, { 'rules/a.rego': { base: 'pass' }, 'src/a.ts': { base: 'one', head: 'two' } }];
    assert.deepEqual([said(atRoot(mended ?? {}, { areTooMany: true })), said(atRoot(more ?? {}, { areTooMany: true }))], ['hold hold config/repair', 'inconclusive unknown policy/no_answer']);
  });

  it('are mended by no change of something else beside, of another branch, or at another commit than the one in force', () => {
    const mended: PolicyChange = { 'rules/a.rego': { base: 'garbage', head: 'pass' } };
    assert.equal(atRoot({ ...mended, 'src/a.ts': { base: 'one', head: 'two' } }).verdict, 'inconclusive');
    assert.equal(atRoot(mended, { isDefault: false }).verdict, 'inconclusive');
    assert.equal(atRoot(mended, { commitInForce: 'd'.repeat(40) }).verdict, 'inconclusive');
  });

  it('are judged by what the changed configuration names', () => {
    const after = 'version: 1\ngovernance: {policies: ["rules/**", "more/**"]}\n';
    const verdict = atRoot({ 'plumbline.yml': { base: text, head: after }, 'rules/a.rego': { base: 'pass' }, 'more/b.rego': { head: 'garbage' } }, { contents: ['pass', 'garbage', text, after] });
    assert.deepEqual(verdict.findings.filter(({ code }) => code === 'policy/invalid').map(({ path }) => path), ['more/b.rego']);
  });
});
