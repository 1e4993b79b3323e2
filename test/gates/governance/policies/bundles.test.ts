import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOfBytes } from '../../../../src/domain/digest.ts';
import { member } from '../../../../src/domain/configuration/member.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import type { OrganizationFile, OrganizationFiles } from '../../../../src/domain/snapshot.ts';
import type { FileMode } from '../../../../src/domain/tree.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { writeValue } from '../../../../src/domain/document/write-value.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide, bytesOf } from '../../../builders/content.ts';
import { policyTexts } from '../../../builders/policy-texts.ts';
import { privateKeyOf, publicJwk } from '../../../builders/signing-keys.ts';
import { anEntry, aVote, govern } from '../a-governed-change.ts';
import type { GovernedChange } from '../a-governed-change.ts';
import { configurationOf } from '../../../../src/domain/configuration/configuration-of.ts';
import { rolesOf } from '../../../../src/domain/configuration/governed-roles.ts';
import { contents, policyAnswer, said } from './a-policy-world.ts';
import type { PolicyChange } from './a-policy-world.ts';

const path = 'policies/team.tar.gz';
const keys = JSON.stringify({ keys: [publicJwk(privateKeyOf('ES256'), 'policies')] });
const endedKeys = JSON.stringify({ keys: [publicJwk(privateKeyOf('ES256'), 'policies', { notAfter: '2026-11-20' })] });
const [byPath, byUrl] = [{ name: 'team', path }, { name: 'shared', url: 'https://policies.example/s.tar.gz', digest: digestOfBytes('hold') }];

function documentOf(bundles: readonly JsonObject[] = [byPath], more: JsonObject = {}): JsonObject {
  return { version: 1, keys: ['keys.json'], governance: { bundles: [...bundles], ...more } };
}

const textOf = (document: JsonObject): string => Object.entries(document).map(([name, value]) => `${name}: ${writeValue(value, 'yaml')}\n`).join('');

function listed(files: Readonly<Record<string, string>>, mode: FileMode = '100644'): OrganizationFiles {
  return { kind: 'files', files: Object.entries(files).map(([at, content]): OrganizationFile => ({ kind: at.endsWith('.json') ? 'keys' : 'bundle', path: at, ...aSide(content, at.endsWith('.json') ? '100644' : mode) })) };
}

interface Below extends GovernedChange {
  readonly bundles?: readonly JsonObject[];
  readonly organizationFiles?: OrganizationFiles | null;
}

/** A free change of code in a repository of an organisation with these bundles. */
function below(content: string, { bundles = [byPath], organizationFiles = listed({ [path]: content, 'keys.json': keys }), ...change }: Below = {}): Verdict {
  const snapshot = { configured: { document: documentOf(bundles) }, configuration: { organizationText: textOf(documentOf(bundles)), organizationFiles, organization: { repository: 'acme/.github', path: 'plumbline.yml', commit: 'b'.repeat(40), digest: digestOfBytes('x') } } };
  return govern({ contents: [...contents, keys, endedKeys, '{}', content], policies: policyAnswer, files: { 'src/a.ts': { base: 'one', head: 'two' } }, snapshot, ...change });
}

const why = ({ findings }: Verdict): string => findings.map(({ message, next }) => `${message} ${next}`).join();

describe("the organisation's bundle", () => {
  it('lets pass, denies and holds in every repository, told apart by its name', () => {
    assert.equal(said(below('pass')), 'pass');
    const denied = below('deny');
    assert.equal(said(denied), 'fail deny policy/denied');
    assert.match(why(denied), /The rule t\/own of the organisation's bundle team denies that/);
    assert.equal(said(below('hold')), 'hold hold policy/held');
  });

  it('is recorded with its digest, and its rules with whose they are', () => {
    const { bundles, evaluated } = below('pass');
    assert.deepEqual(bundles, [{ whose: "the organisation's bundle team", digest: digestOfBytes('pass') }]);
    assert.deepEqual(evaluated.filter(({ whose }) => whose !== undefined), [{ rule: 't/own', whose: "the organisation's bundle team", subjects: 1 }]);
    assert.equal(below('pass', { bundles: [] }).bundles, undefined);
  });

  it('is asked with the keys of the organisation, and no others', () => {
    const asked: unknown[] = [];
    below('pass', { policies: (request) => (request.policies !== null && 'bundle' in request.policies && asked.push(request.policies.keys.map(({ kid }) => kid)), policyAnswer(request)) });
    assert.deepEqual(asked, [['policies']]);
  });

  it('is asked beside every other one', () => {
    assert.equal(said(below('pass', { bundles: [byPath, byUrl], pinned: () => ({ kind: 'bytes', bytes: bytesOf('hold') }) })), 'hold hold policy/held');
  });

  for (const [what, verdict, told] of [
    ['is not signed by one of the keys', below('garbage'), /team gave no answer: 1 error occurred/],
    ['gives no whole report', below('silent'), /team gave no answer: the rule "t\/own" gave no answer/],
    ['is not there', below('pass', { organizationFiles: listed({ 'keys.json': keys }) }), /no file stands at policies\/team\.tar\.gz/],
    ['is a link', below('pass', { organizationFiles: listed({ [path]: 'pass', 'keys.json': keys }, '120000') }), /no file stands at policies\/team\.tar\.gz/],
    ['has no keys', below('pass', { organizationFiles: listed({ [path]: 'pass' }) }), /no key is known by which it may be signed: `keys` names no file there that has one/],
    ['has keys in a file that is not valid', below('pass', { organizationFiles: listed({ [path]: 'pass', 'keys.json': '{}' }) }), /no key is known by which it may be signed: none of the keys in keys\.json counts: /],
    ['is not what was pinned', below('pass', { bundles: [byUrl], pinned: () => ({ kind: 'refused', why: 'it has another digest' }) }), /shared gave no answer: it can not be taken: it has another digest/],
  ] as const) {
    it(`that ${what} is no answer, and whoever maintains it is told to mend it`, () => {
      assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
      assert.match(why(verdict), told);
      assert.match(why(verdict), /Whoever maintains acme\/\.github mends it there, its keys, or what the configuration says of it: a change of nothing else, after which it answers, is held for people instead of being blocked\./);
    });
  }

  it('that does not answer in time is no answer', () => assert.equal(said(below('slow')), 'inconclusive unknown policy/timed_out'));

  for (const [what, verdict] of [
    ['can not be fetched', below('pass', { bundles: [byUrl], unavailable: ({ kind }) => kind === 'pinned-bundle' })],
    ['can not be read', below('pass', { unavailable: (request) => request.kind === 'organization-blob' && request.blob === aSide('pass').blob })],
    ['has keys that can not be read', below('pass', { unavailable: (request) => request.kind === 'organization-blob' && request.blob === aSide(keys).blob })],
    ['can not be looked for', below('pass', { organizationFiles: { kind: 'unreadable', why: 'gone', isLasting: false } })],
    ['nobody looked for', below('pass', { organizationFiles: null })],
  ] as const) {
    it(`that ${what} leaves it open: it is tried again`, () => {
      assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
      assert.match(why(verdict), /Wait for the next attempt/);
    });
  }

  it('is left to the App where a run was not given the organisation\'s files', () => assert.equal(said(below('deny', { organizationFiles: { kind: 'left' } })), 'pass'));

  it('asks for no repair of what a repository below changes: attack', () => {
    const { verdict } = below('garbage', { files: { [path]: { base: 'garbage', head: 'pass' } } });
    assert.equal(verdict, 'inconclusive');
  });
});

const root = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: '.github' } as const;

interface AtRoot extends GovernedChange {
  /** What the changed configuration says; left out: it does not change. */
  readonly after?: JsonObject;
  readonly isDefault?: boolean;
  readonly commitInForce?: string;
}

/** A change in the organisation's `.github`, by owners alone. */
function atRoot(files: PolicyChange, document: JsonObject, { after: changed, isDefault = true, commitInForce = 'b'.repeat(40), ...change }: AtRoot = {}): Verdict {
  const approved = (one: JsonObject): JsonObject => ({ ...one, governance: { ...member.object(one, 'governance'), approvals: { root: { count: 1 }, tier3: { count: 1, from: ['team:governance'] } } } });
  const [governed, after] = [approved(document), changed === undefined ? undefined : approved(changed)];
  const configuration = configurationOf(governed, 'main', { organization: governed, repository: null, isRoot: true });
  const all: PolicyChange = { 'keys.json': { base: keys }, ...files, ...(after === undefined ? {} : { 'plumbline.yml': { base: textOf(governed), head: textOf(after) } }) };
  const inputs = Object.fromEntries(Object.entries(all).map(([at, input]): [string, Omit<FileInput, 'path'>] => [at, { roles: rolesOf(configuration, at), ...input }]));
  const inForce = Object.fromEntries(Object.entries(all).flatMap(([at, { base }]) => (typeof base === 'string' && (at === path || at === 'keys.json') ? [[at, base]] : [])));
  const snapshot = {
    repository: root,
    entry: { entry: 'main', names: ['main'], require: true, isDefault },
    configuration: { effective: configuration, organizationText: textOf(governed), organization: { repository: 'acme/.github', path: 'plumbline.yml', commit: commitInForce, digest: digestOfBytes('x') }, organizationFiles: listed(inForce) },
  } as const;
  return govern({ contents: [...contents, keys, endedKeys, textOf(governed), ...(after === undefined ? [] : [textOf(after)])], policies: policyAnswer, groups: { owners: ['olga'], 'team:governance': ['ann'] }, files: inputs, snapshot, ...change });
}

const owners = { votes: [aVote('olga'), aVote('ann')] } as const;

describe("the organisation's bundle at the root", () => {
  it('is one of its own files: owners release what replaces it, and taking it away loosens', () => {
    const replaced = atRoot({ [path]: { base: 'pass', head: 'pass more' } }, documentOf());
    assert.equal(said(replaced), 'hold hold governance/approvals_missing');
    assert.deepEqual(replaced.judged?.map(({ action, tier }) => [action, tier]), [['policy.change', 3]]);
    assert.equal(said(atRoot({ [path]: { base: 'pass', head: 'pass more' } }, documentOf(), owners)), 'pass');
    const gone = atRoot({ [path]: { base: 'pass', head: null } }, documentOf(), owners);
    assert.deepEqual(gone.judged?.map(({ action, tier }) => [action, tier]), [['policy.change', 4]]);
    assert.match(why(gone), /With this change the organisation's bundle team can not be used: no file stands at|could not be read/);
  });

  it('is denied before it is merged where it can not be used, at its path', () => {
    const verdict = atRoot({ [path]: { base: 'pass', head: 'garbage' } }, documentOf(), owners);
    assert.deepEqual(verdict.findings.filter(({ severity }) => severity === 'deny').map(({ code, path: at }) => [code, at]), [['policy/invalid', path]]);
    assert.match(why(verdict), /With this change the organisation's bundle team can not be used: 1 error occurred/);
  });

  it('is tried as the changed configuration names it, also where its file does not change', () => {
    const moved = documentOf([{ name: 'team', path: 'more/other.tar.gz' }]);
    const change = (content: string): Verdict => atRoot({ [path]: { base: 'pass' } }, documentOf(), { ...owners, after: moved, unlisted: { 'more/other.tar.gz': content } });
    assert.equal(said(change('pass')), 'pass');
    assert.match(said(change('garbage')), /deny policy\/invalid/);
    assert.match(why(atRoot({ [path]: { base: 'pass' } }, documentOf(), { ...owners, after: moved })), /more\/other\.tar\.gz could not be read: no file stands there/);
  });

  it('is tried where it is named as the first, at an address', () => {
    const change = (pinned: AtRoot['pinned']): string => said(atRoot({}, documentOf([]), { ...owners, after: documentOf([byUrl]), ...(pinned === undefined ? {} : { pinned }) }));
    assert.equal(change(() => ({ kind: 'bytes', bytes: bytesOf('pass') })), 'pass');
    assert.match(change(() => ({ kind: 'refused', why: 'no' })), /deny policy\/invalid/);
  });

  it('is tried in the first configuration of the organisation, beside what the repository has', () => {
    const own: JsonObject = { version: 1, governance: { approvals: { root: { count: 1 }, tier3: { count: 1, from: ['team:governance'] } } } };
    const configuration = configurationOf(own, 'main', { organization: null, repository: own, isRoot: true });
    const first = (after: JsonObject, files: PolicyChange): Verdict => {
      const changed: PolicyChange = { 'plumbline.yml': { head: textOf(after) }, 'keys.json': { head: keys }, ...files };
      const inputs = Object.fromEntries(Object.entries(changed).map(([at, input]): [string, Omit<FileInput, 'path'>] => [at, { roles: rolesOf(configuration, at), ...input }]));
      const snapshot = { repository: root, entry: { entry: 'main', names: ['main'], require: true, isDefault: true }, configuration: { effective: configuration } } as const;
      return govern({ contents: [...contents, keys, textOf(after)], policies: policyAnswer, groups: { owners: ['olga'], 'team:governance': ['ann'] }, files: inputs, snapshot, ...owners });
    };
    assert.doesNotMatch(why(first(documentOf(), { [path]: { head: 'pass' } })), /can not be used/);
    assert.match(why(first(documentOf(), { [path]: { head: 'garbage' } })), /With this change the organisation's bundle team can not be used: 1 error occurred/);
    assert.match(why(first({ version: 1, governance: { policies: ['policies/**/*.rego'] } }, { 'policies/t/own.rego': { head: 'garbage' } })), /With this change the organisation's policies do not compile/);
  });

  it('is tried with the keys that the change leaves, of which none may have ended', () => {
    const change = (files: PolicyChange): Verdict => atRoot({ [path]: { base: 'pass', head: 'pass more' }, ...files }, documentOf(), owners);
    assert.match(why(change({ 'keys.json': { base: keys, head: endedKeys } })), /can not be used: no key is known by which it may be signed/);
    assert.match(why(change({ 'keys.json': { base: endedKeys } })), /can not be used: no key is known by which it may be signed/);
    assert.match(said(atRoot({ [path]: { base: 'pass' }, 'keys.json': { base: keys, head: null } }, documentOf(), owners)), /deny policy\/invalid/);
  });

  it('goes on judging by a key that has ended since', () => assert.equal(said(atRoot({ [path]: { base: 'pass' }, 'keys.json': { base: endedKeys }, 'src/a.ts': { base: 'one', head: 'two' } }, documentOf())), 'pass'));

  it('goes on judging the change that takes it away', () => {
    assert.match(said(atRoot({ [path]: { base: 'deny' } }, documentOf(), { ...owners, after: documentOf([]) })), /deny policy\/denied/);
  });

  it('is mended by a change of nothing else, which is held for people', () => {
    const mended: PolicyChange = { [path]: { base: 'garbage', head: 'pass' } };
    assert.equal(said(atRoot(mended, documentOf())), 'hold hold config/repair');
    assert.equal(atRoot({ ...mended, 'src/a.ts': { base: 'one', head: 'two' } }, documentOf(), owners).verdict, 'inconclusive');
    assert.equal(atRoot(mended, documentOf(), { isDefault: false }).verdict, 'inconclusive');
    assert.equal(atRoot(mended, documentOf(), { commitInForce: 'd'.repeat(40) }).verdict, 'inconclusive');
  });

  it('is mended by another digest in the configuration, which owners release like any other change of that', () => {
    const change = (votes: NonNullable<AtRoot['votes']>): Verdict => atRoot({}, documentOf([byUrl]), { votes, after: documentOf([{ ...byUrl, digest: digestOfBytes('pass') }]), pinned: ({ digest }) => (digest === byUrl.digest ? { kind: 'refused', why: 'it has another digest' } : { kind: 'bytes', bytes: bytesOf('pass') }) });
    assert.deepEqual(said(change([])).split(' ').filter((word) => word.includes('/')), ['config/repair', 'governance/approvals_missing']);
    const released = change([aVote('olga'), aVote('ann')]);
    assert.deepEqual([said(released), released.judged?.map(({ action, outcome }) => [action, outcome])], ['hold hold config/repair', [['config.change', 'pass']]]);
  });

  it('is mended by no change of the configuration that does something else beside: attack', () => {
    const after = { ...documentOf([{ ...byUrl, digest: digestOfBytes('pass') }]), rules: { 'contract/schema_invalid': 'observe' } };
    const verdict = atRoot({}, documentOf([byUrl]), { ...owners, after, pinned: ({ digest }) => (digest === byUrl.digest ? { kind: 'refused', why: 'no' } : { kind: 'bytes', bytes: bytesOf('pass') }) });
    assert.equal(said(verdict), 'inconclusive unknown policy/no_answer');
  });

  it('is mended by the key that was missing, which stays an action of its own', () => {
    const verdict = atRoot({ [path]: { base: 'pass' }, 'keys.json': { base: '{}', head: keys } }, documentOf(), { contents: [...contents, '{}', keys, textOf(documentOf())] });
    assert.match(said(verdict), /hold config\/repair/);
    assert.ok(verdict.judged?.some(({ action }) => action === 'key.change'));
  });

  it('is not mended by taking it away, nor while the network is in doubt', () => {
    assert.equal(atRoot({ [path]: { base: 'garbage' } }, documentOf(), { ...owners, after: documentOf([]) }).verdict, 'inconclusive');
    assert.equal(atRoot({}, documentOf([byUrl]), { ...owners, after: documentOf([{ ...byUrl, digest: digestOfBytes('pass') }]), unavailable: (request) => request.kind === 'pinned-bundle' && request.digest === byUrl.digest, pinned: () => ({ kind: 'bytes', bytes: bytesOf('pass') }) }).verdict, 'inconclusive');
  });
});

describe('the bundle of a repository that nothing stands above', () => {
  const document = documentOf([byPath], { whitelist: [anEntry({ action: 'policy.change' })], approvals: { tier3: { count: 1, from: ['team:governance'] } } });

  function own(files: PolicyChange, change: GovernedChange = {}): Verdict {
    const configuration = configurationOf(document, 'main');
    const inputs = Object.fromEntries(Object.entries({ 'keys.json': { base: keys }, ...files }).map(([at, input]) => [at, { roles: rolesOf(configuration, at), ...input }]));
    return govern({ contents: [...contents, keys], policies: policyAnswer, groups: { 'team:governance': ['ann'] }, votes: [aVote('ann')], files: inputs, snapshot: { configuration: { effective: configuration } }, ...change });
  }

  it('judges as it stands at the base, whatever the change makes of it', () => {
    assert.equal(said(own({ [path]: { base: 'pass' }, 'src/a.ts': { base: 'one', head: 'two' } })), 'pass');
    assert.equal(said(own({ [path]: { base: 'deny' }, 'src/a.ts': { base: 'one', head: 'two' } })), 'fail deny policy/denied');
    const replaced = own({ [path]: { base: 'deny', head: 'pass' } });
    assert.match(why(replaced), /The rule t\/own of the repository's bundle team denies that/);
  });

  it('waits for the approvals of tier 3 where it is replaced, and is tried before', () => {
    assert.equal(said(own({ [path]: { base: 'pass', head: 'pass more' } }, { votes: [] })), 'hold hold governance/approvals_missing');
    assert.equal(said(own({ [path]: { base: 'pass', head: 'pass more' } })), 'pass');
    assert.equal(said(own({ [path]: { base: 'pass', head: 'silent' } })), 'fail deny policy/invalid');
  });

  it('is mended by a change of nothing else', () => assert.equal(said(own({ [path]: { base: 'silent', head: 'pass' } }, { votes: [] })), 'hold hold config/repair'));
});

describe('what is asked of bundles', () => {
  it('is nothing but what is in force, where the change touches none of it', () => {
    const asked: string[] = [];
    below('pass', { unavailable: ({ kind }) => (asked.push(kind), false) });
    assert.deepEqual([asked.includes('file-at'), asked.filter((kind) => kind === 'policies').length], [false, 2]);
    const seen: string[] = [];
    below('pass', { policies: (request) => (seen.push(...policyTexts(request.policies).map(({ text }) => text)), policyAnswer(request)) });
    assert.deepEqual(seen, ['pass']);
  });
});
