import type { Cause } from '../../../src/domain/decision.ts';
import type { OrganizationFile } from '../../../src/domain/snapshot.ts';
import type { Contributor } from '../../../src/domain/people/contributor.ts';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { JudgementAnswer } from '../../../src/domain/support/judgement.ts';
import { aFile } from '../../builders/a-file.ts';
import { aCitation, aClaim, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { blobOf } from '../../builders/content.ts';
import { headerOf, jwsOf, privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';
import { aDocument } from '../../domain/behavior/a-behavior.ts';
import { ofChange } from '../../gates/drift/a-behavior-change.ts';
import { compareLengths, upTo } from '../../gates/contract/schema/a-schema-change.ts';
import { aRichChange, entry, said, yes } from './rich-change.ts';
import type { RichChange } from './rich-change.ts';

const path = 'contracts/checkout.yaml';
const other = 'contracts/other.yaml';
const promised = { governance: { whitelist: [entry('contract.*')] }, world: { votes: yes('ann', 'bob') } };
const bumped = { version: '1.1.0', previous: hashOf(), spec: { limit: 2 } };
const draft = { version: '1.1.0', previous: hashOf(), lifecycle: 'draft' };
const infra = { 'infra/a.tf': { base: 'one', head: 'two' } };
const listed = { whitelist: [entry('infra.*')] };
const people = (...logins: readonly string[]) => ({ people: logins.map((login, index): Contributor => ({ login, id: index + 1, kind: login.endsWith('[bot]') ? 'app' : 'human', via: ['author'] })), unknown: null });

const key = privateKeyOf('EdDSA');
const signed = aContract({ more: { kmsKeyRef: 'local:test-key', signature: jwsOf(key, {}, headerOf('EdDSA', { kid: 'local:test-key' })) } });

const workflow = (permissions: string): string => `on: push\npermissions: ${permissions}\njobs: {a: {runs-on: x, steps: []}}\n`;
const manifest = (dependencies: object): string => JSON.stringify({ name: 'shop', dependencies }, null, 2);
const request = 'kind: ActionRequest\naction: service.restart\ntarget: checkout\nrationale: It hangs.\nexpires: 2026-12-01\n';
const waivers = (fingerprint: string): string => JSON.stringify({ version: 1, waivers: [{ code: 'governance/secret_committed', fingerprint, path: 'src/a.ts', owner: 'team:a', reason: 'a test key', grantedBy: 'mona', until: '2026-12-10' }] });
const configurationPath = '.github/plumbline.yml';

/** An organisation's Rego, and an entry of the whitelist that it wrote itself. */
const organizationRego = (text: string) => ({ organizationFiles: { kind: 'files', files: [{ kind: 'policy', path: 'policies/o.rego', mode: '100644', blob: blobOf(text), size: text.length }] } }) as const;
const bundleKeys = JSON.stringify({ keys: [publicJwk(key)] });
const fileOf = (kind: OrganizationFile['kind'], path: string, text: string): OrganizationFile => ({ kind, path, mode: '100644', blob: blobOf(text), size: text.length });
const bundleAt = (text: string) => () => ({ kind: 'bytes', bytes: new TextEncoder().encode(text) }) as const;
/** One bundle of the organisation in its repository, another one at an address. */
const organizationBundles = (text: string) => ({
  organizationText: `version: 1\nkeys: [keys.json]\ngovernance: {bundles: [{name: a, path: a.tar.gz}, {name: b, url: "https://policies.example/b.tar.gz", digest: "sha256:${'1'.repeat(64)}"}]}\n`,
  organizationFiles: { kind: 'files', files: [fileOf('bundle', 'a.tar.gz', text), fileOf('keys', 'keys.json', bundleKeys)] },
}) as const;
const rootText = (isNamed: boolean): string => `version: 1\nkeys: [keys.json]\n${isNamed ? 'governance: {bundles: [{name: a, path: a.tar.gz}]}\n' : ''}`;
const organizationWaivers = (fingerprint: string) => ({ organizationText: 'version: 1\nwaivers: [w.json]\n', organizationFiles: { kind: 'files', files: [fileOf('waivers', 'w.json', waivers(fingerprint))] } }) as const;
const lifting = entry('workflow.permission_widen', { actors: ['team:writers'] });
const root = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: '.github' } as const;

const cart = 'src/cart.ts';
const guide = '# Cart\n\nThe cart adds up its items, with taxes.\n';
const none = { tokens: '0', cost: '0' };
const agents = { hallucination: { agents: [{ login: '*[bot]' }] } };
/** Evidence about an edit of the cart. */
const evidenceAbout = (document: JsonObject) => {
  const subject = aSubject({ change_digest: changeDigestOf({ files: [aFile({ path: cart, base: 'one', head: 'two' })] }, []) });
  return { '.plumbline/evidence/a.json': { head: JSON.stringify(anEvidenceDocument({ subject, ...document })) } };
};

/** Claims that hold, but for a critical one about tests, whose check run ended so. */
const withRun = (conclusion: string): RichChange => {
  const claims = [aClaim(), aClaim({ id: 'c2', kind: 'test_result', citations: [aCitation(), { id: 'q2', type: 'check_run', revision: '7', role: 'supports' }] })];
  const run = { head: aSnapshot().head, name: 'tests', status: 'completed', conclusion, app: { slug: 'ci', isOwn: false } };
  return aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({ claims }) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { 'docs/cart.md': guide }, runs: () => ({ kind: 'found', run }) } });
};

/** A claim that holds, of which an outside judge says this. */
const judgedOutside = (answer: JudgementAnswer): RichChange => aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({}) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { 'docs/cart.md': guide }, judgements: () => answer } });

/** Changes that together rest on answers of every kind, each with what becomes of it when every answer is there. */
export const richChanges: readonly (readonly [title: string, cause: Cause, change: RichChange])[] = [
  ['a bump that the whitelist names', 'pass', aRichChange({ files: { [path]: { base: aContract(), head: aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) } }, governance: { whitelist: [entry('contract.bump', { contracts: ['check*'] })] } })],
  ['a major bump, listed and approved twice', 'pass', aRichChange({ files: { [path]: { base: aContract(), head: aContract({ version: '2.0.0', previous: hashOf(), spec: { limit: 2 }, flags: { humanApprovalRequired: true } }) } }, governance: { whitelist: [entry('contract.*')] }, world: { votes: yes('ann', 'bob') } })],
  ['a major bump that one of two approved', 'hold', aRichChange({ files: { [path]: { base: aContract(), head: aContract({ version: '2.0.0', previous: hashOf(), spec: { limit: 2 } }) } }, governance: { whitelist: [entry('contract.*')] }, world: { votes: yes('ann', 'eve') } })],
  ['released content that was changed', 'fail', aRichChange({ files: { [path]: { base: aContract(), head: aContract({ spec: { limit: 2 } }) } }, world: { votes: yes('ann', 'bob') } })],
  ['a contract that moves', 'pass', aRichChange({ ...promised, files: { [path]: { base: aContract(), head: null }, [other]: { head: aContract() } } })],
  ['a contract that moves with its bump', 'pass', aRichChange({ ...promised, files: { [path]: { base: aContract(), head: null }, [other]: { head: aContract(bumped) } } })],
  ['a contract that is deprecated', 'pass', aRichChange({ ...promised, files: { [path]: { base: aContract(), head: aContract({ lifecycle: 'deprecated' }) } } })],
  ['a contract that is removed once it is retired', 'pass', aRichChange({ ...promised, files: { [path]: { base: aContract({ lifecycle: 'retired' }), head: null } } })],
  ['a draft that is given up', 'pass', aRichChange({ ...promised, files: { [path]: { base: aContract() }, [other]: { base: aContract(draft), head: aContract({ ...draft, lifecycle: 'retired' }) } } })],
  ['two versions that come at once beside the one before', 'pass', aRichChange({ ...promised, document: { contracts: [{ name: 'all', paths: ['contracts/**'], layout: 'versioned' }] }, files: { [path]: { base: aContract() }, [other]: { head: aContract(bumped) }, 'contracts/third.yaml': { head: aContract({ version: '1.2.0', previous: hashOf(bumped), spec: { limit: 3 } }) } } })],
  [
    'a signed release, approved',
    'pass',
    aRichChange({
      files: { [path]: { head: signed }, 'keys.json': { base: JSON.stringify({ keys: [publicJwk(key)] }) } },
      document: { contracts: [{ name: 'all', paths: ['contracts/**'], signatures: 'required' }] },
      world: { votes: yes('ann'), verify: () => ({ kind: 'verified', key: publicKeyOf(publicJwk(key)).digest }) },
    }),
  ],
  ['a schema that stays compatible, approved', 'pass', aRichChange({ files: { 'schemas/name.json': { base: upTo(5), head: upTo(9) } }, world: { votes: yes('ann'), compare: compareLengths } })],
  ['a schema that breaks', 'hold', aRichChange({ files: { 'schemas/name.json': { base: upTo(9), head: upTo(5) } }, governance: { whitelist: [entry('schema.*')] }, world: { votes: yes('ann'), compare: compareLengths } })],
  ['a schema that breaks and is rejected', 'fail', aRichChange({ files: { 'schemas/name.json': { base: upTo(9), head: upTo(5) } }, governance: { whitelist: [entry('schema.*')] }, world: { votes: [...yes('ann', 'bob'), said('cid', 'reject', 'schema/incompatible')], compare: compareLengths } })],
  ['a workflow that a team may change, approved twice', 'pass', aRichChange({ files: { '.github/workflows/ci.yml': { base: workflow('{}'), head: `${workflow('{}')}# a remark\n` } }, governance: { whitelist: [entry('workflow.*', { actors: ['team:writers'] })] }, world: { votes: yes('ann', 'bob') } })],
  ['a workflow that gains rights', 'fail', aRichChange({ files: { '.github/workflows/ci.yml': { base: workflow('{}'), head: workflow('write-all') } }, governance: { whitelist: [entry('workflow.*')] }, world: { votes: yes('ann', 'bob', 'cid') } })],
  [
    'a workflow that gains rights which the organisation lets it have',
    'pass',
    aRichChange({
      files: { '.github/workflows/ci.yml': { base: workflow('{}'), head: workflow('{issues: write}') } },
      governance: { whitelist: [lifting, entry('workflow.change')] },
      snapshot: { configuration: { organizationText: `version: 1\ngovernance: ${JSON.stringify({ whitelist: [lifting] })}\n` } },
      world: { votes: yes('ann', 'bob') },
    }),
  ],
  ['a package that is new, approved twice', 'pass', aRichChange({ files: { 'package.json': { base: manifest({ left: '^1.0.0' }), head: manifest({ left: '^1.0.0', right: '^2.0.0' }) } }, governance: { whitelist: [entry('dependency.*', { actors: ['user:author', 'team:writers'] })] }, world: { votes: yes('ann', 'bob') } })],
  [
    'a change that keeps what was agreed',
    'pass',
    aRichChange({
      files: { 'src/a.ts': { base: 'a', head: 'b' }, 'behaviors/change.json': { base: JSON.stringify(ofChange()) }, 'behaviors/environment.json': { base: JSON.stringify(aDocument({ name: 'live' })) } },
      document: { drift: { behaviors: ['behaviors/**'] } },
      world: { readings: () => ({ kind: 'answered', value: { score: 0.847 }, observedAt: '2026-11-20T12:00:00.000Z', generator: null }) },
    }),
  ],
  ['a secret that is added', 'fail', aRichChange({ files: { 'src/a.ts': { base: 'a', head: 'a SECRETnew' } }, world: { votes: yes('ann', 'bob') } })],
  ['a secret that stood there before', 'pass', aRichChange({ files: { 'src/a.ts': { base: 'SECRETold', head: 'a SECRETold' }, 'src/b.ts': { head: 'nothing' } } })],
  ['a secret that another waiver does not cover', 'fail', aRichChange({ files: { 'src/a.ts': { head: 'SECRETnew' }, 'waivers.json': { base: waivers('0'.repeat(16)) } } })],
  ['a configuration that is loosened', 'fail', aRichChange({ files: { [configurationPath]: { base: 'version: 1\nrules: {contract/removed: enforce}\n', head: 'version: 1\nrules: {contract/removed: observe}\n' } }, governance: { whitelist: [entry('config.*')] }, world: { votes: yes('ann', 'bob') } })],
  ['a configuration that is tightened, listed and approved twice', 'pass', aRichChange({ files: { [configurationPath]: { base: 'version: 1\n', head: 'version: 1\nrules: {contract/removed: enforce}\n' } }, governance: { whitelist: [entry('config.*')] }, world: { votes: yes('ann', 'bob') } })],
  ["a configuration at the organisation's root, approved by an owner", 'pass', aRichChange({ isRoot: true, files: { 'plumbline.yml': { base: 'version: 1\n', head: 'version: 1\nrules: {contract/removed: enforce}\n' } }, snapshot: { repository: root }, governance: { whitelist: [entry('config.*')] }, world: { votes: yes('olga', 'ann') } })],
  ['an action that is asked for, approved', 'pass', aRichChange({ files: { 'requests/a.yaml': { head: request } }, world: { votes: yes('ann') } })],
  ['an action that is asked for anew', 'hold', aRichChange({ files: { 'requests/a.yaml': { base: request, head: request.replace('checkout', 'shop') } }, world: { votes: yes('author', 'eve') } })],
  ["Rego of the repository and of the organisation, content with an approval", 'pass', aRichChange({ files: { ...infra, 'policies/a.rego': { base: 'hold' } }, governance: listed, snapshot: { configuration: organizationRego('pass') }, world: { contents: ['one', 'two', 'hold', 'pass'], votes: yes('ann', 'bob') } })],
  ["Rego of the organisation that holds", 'hold', aRichChange({ files: { 'requests/a.yaml': { head: request } }, governance: { whitelist: [entry('request.*')] }, snapshot: { configuration: organizationRego('hold') }, world: { contents: [request, 'hold'] } })],
  ["Rego of the repository that denies and is changed", 'fail', aRichChange({ files: { ...infra, 'policies/a.rego': { base: 'fail', head: 'pass' } }, governance: { whitelist: [entry('*')] }, world: { votes: yes('ann', 'bob') } })],
  ['a change that bundles of the organisation let pass, listed and approved', 'pass', aRichChange({ files: infra, governance: listed, snapshot: { configuration: organizationBundles('pass') }, world: { contents: ['one', 'two', 'pass', bundleKeys], pinned: bundleAt('pass'), votes: yes('ann', 'bob') } })],
  ['a change that a bundle at an address holds', 'hold', aRichChange({ files: { 'requests/a.yaml': { head: request } }, governance: { whitelist: [entry('request.*')] }, snapshot: { configuration: organizationBundles('pass') }, world: { contents: [request, 'pass', bundleKeys], pinned: bundleAt('hold') } })],
  [
    "a bundle that the organisation's root names where it stands already, approved by owners",
    'pass',
    aRichChange({
      isRoot: true,
      document: { waivers: [], keys: ['keys.json'] },
      files: { 'plumbline.yml': { base: rootText(false), head: rootText(true) }, 'keys.json': { base: bundleKeys } },
      snapshot: { repository: root, configuration: { organizationText: rootText(false) } },
      world: { unlisted: { 'a.tar.gz': 'pass' }, votes: yes('olga', 'ann') },
    }),
  ],
  ['a secret that another waiver of the organisation does not cover', 'fail', aRichChange({ files: { 'src/a.ts': { head: 'SECRETnew' } }, snapshot: { configuration: organizationWaivers('0'.repeat(16)) }, world: { contents: ['SECRETnew', waivers('0'.repeat(16))] } })],
  ['an approved change that one rejects', 'fail', aRichChange({ files: infra, governance: listed, world: { votes: [...yes('ann', 'bob'), said('cid', 'reject')] } })],
  ['two contributors of a team, through a second entry', 'pass', aRichChange({ files: infra, governance: { whitelist: [entry('infra.change', { actors: ['team:nobody', 'user:mona'] }), entry('*', { actors: ['team:writers'] })] }, world: { contributors: people('author', 'mona'), votes: yes('ann', 'bob') } })],
  ['a contributor outside the team', 'fail', aRichChange({ files: infra, governance: { whitelist: [entry('infra.change', { actors: ['team:writers'] })] }, world: { contributors: people('author', 'eve'), votes: yes('ann', 'bob') } })],
  [
    'an agent whose operators may not approve it',
    'hold',
    aRichChange({ files: infra, document: { hallucination: { agents: [{ login: '*[bot]', operator: 'team:makers' }] } }, governance: { whitelist: [entry('infra.change', { actors: ['app:coder', 'team:makers'] })] }, world: { contributors: people('coder[bot]'), votes: yes('ann', 'bob') } }),
  ],
  ['what an agent changes without evidence, approved', 'pass', aRichChange({ files: { [cart]: { base: 'one', head: 'two' } }, document: agents, world: { contributors: people('coder[bot]'), votes: yes('ann') } })],
  ['what an agent changes with evidence that Plumbline does not verify', 'hold', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({ claims: [] }) }, document: agents, world: { contributors: people('coder[bot]') } })],
  ['what an agent changes without evidence within its quota, approved', 'pass', aRichChange({ files: { [cart]: { base: 'one', head: 'two' } }, document: { hallucination: { ...agents.hallucination, quotas: [{ scope: 'agent', tokensPerDay: 5 }] } }, world: { contributors: people('coder[bot]'), votes: yes('ann'), usage: () => ({ kind: 'counted', others: { tokens: '4', cost: '99999999999999999999' }, self: none, proxy: none, provider: none, isCharged: false }) } })],
  ['what an agent changes with claims that hold', 'pass', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({}) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { 'docs/cart.md': guide } } })],
  ['what an agent changes with a claim that an outside judge supports', 'pass', judgedOutside({ kind: 'judged', id: 'nli@3', label: 'supported', score: 0.9 })],
  ['what an agent changes with a claim that an outside judge does not find supported', 'hold', judgedOutside({ kind: 'judged', id: 'nli@3', label: 'unsupported', score: 0.1 })],
  ['what an agent changes with a claim that an outside judge calls contradicted', 'fail', judgedOutside({ kind: 'judged', id: 'nli@3', label: 'contradicted', score: 0 })],
  ['what an agent changes with a claim that is not sent to an outside judge', 'hold', judgedOutside({ kind: 'withheld', path: 'docs/cart.md' })],
  ['what an agent changes with a claim that cites itself, and one of a commit of its own', 'hold', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({ claims: [aClaim({ citations: [aCitation({ path: cart, quote: 'two' })] }), aClaim({ id: 'c2', citations: [aCitation({ revision: 'd'.repeat(40) })] })] }) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { [cart]: 'one' }, protection: ({ commit }) => (commit === 'd'.repeat(40) ? 'unprotected' : 'protected') } })],
  ['what an agent changes with a result of tests that a check run tells', 'pass', withRun('success')],
  ['what an agent changes with a result of tests that a check run denies', 'fail', withRun('failure')],
  ['what an agent changes with a claim that is contradicted', 'fail', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({ claims: [aClaim({ citations: [aCitation({ role: 'contradicts' })] })] }) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { 'docs/cart.md': guide } } })],
  [
    'what an agent changes with evidence that is verified at a commit of a protected branch',
    'pass',
    aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, ...evidenceAbout({ claims: [aClaim({ citations: [aCitation({ revision: 'f'.repeat(40) })] })] }) }, document: agents, world: { contributors: people('coder[bot]'), unlisted: { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' } } }),
  ],
  [
    'a package that an agent adds, approved',
    'pass',
    aRichChange({
      files: { 'package.json': { base: manifest({}), head: manifest({ 'left-pad': '1.3.0' }) } },
      document: agents,
      world: { contributors: people('coder[bot]'), votes: yes('ann', 'bob'), packages: () => ({ kind: 'exists' }) },
    }),
  ],
  ['what an agent changes with evidence about something else', 'hold', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, '.plumbline/evidence/a.json': { head: JSON.stringify(anEvidenceDocument()) } }, document: agents, world: { contributors: people('coder[bot]') } })],
  ['what a person changes with evidence that is none', 'fail', aRichChange({ files: { [cart]: { base: 'one', head: 'two' }, '.plumbline/evidence/a.json': { head: '{}' } }, document: agents })],
  ['documentation and code', 'pass', aRichChange({ files: { 'docs/a.md': { base: 'a', head: 'b' }, 'src/a.ts': { head: 'x' }, 'waivers.json': { base: waivers('1'.repeat(16)) } } })],
];
