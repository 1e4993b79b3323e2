import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../../src/domain/action/action.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aVerdict } from '../../builders/decision-builder.ts';
import { anEntry, aVote, govern } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';

/** Each may approve in one way alone. */
const groups = { 'team:junior': ['jim'], 'team:governance': ['ann'], owners: ['olga'] };
const approvals = { tier2: { count: 3, from: ['team:junior'] }, tier3: { count: 3, from: ['team:governance'] }, root: { count: 2 } };
const yes = Object.values(groups).map(([login = '']) => aVote(login));
const no = yes.map((vote) => ({ ...vote, answer: 'reject' as const, reason: 'no' }));

/** What the organisation has configured, and is in force. */
function configured(governance: JsonObject, entries: readonly JsonObject[]): GovernedChange {
  const document = { version: 1, playbooks: ['own/**'], governance: { approvals, ...governance, whitelist: entries } };
  return { groups, snapshot: { configuration: { effective: aConfiguration({ document }), organizationText: JSON.stringify({ version: 1, governance: { whitelist: entries } }) } } };
}

function infra(tier: number, entries: readonly JsonObject[] = [anEntry()]): GovernedChange {
  return configured({ actions: [{ action: 'infra.change', tier, paths: ['infra/**'] }] }, entries);
}

/** `own/p.yaml` of the organisation's `.github` changes. */
function atRoot({ action, text = 'two', ...change }: GovernedChange & { readonly action: string; readonly text?: string }): GovernedChange {
  const world = configured({}, [anEntry({ action })]);
  const repository = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: '.github' } as const;
  return { ...world, contents: ['one', text], files: { 'own/p.yaml': { base: 'one', head: text, roles: ['own'] } }, ...change, snapshot: { ...world.snapshot, repository } };
}

const secrets: GovernedChange['secrets'] = ({ text }) => ({ kind: 'scanned', secrets: text === 'two' ? [{ rule: 'key', line: 1, column: 1, digest: `sha256:${'1'.repeat(64)}` }] : [] });

/** The contracts gate tells of an action of tier 2 on a contract. */
function onContract(action: string, humanApprovalRequired: boolean): GovernedChange {
  const told: Action = { action, tier: 2, subject: { contract: 'checkout', path: 'infra/a.tf' }, paths: ['infra/a.tf'], why: 'It does something.', evidence: { version: '1.0.0', lifecycle: 'active', flags: { humanApprovalRequired } }, place: null, finding: null, remedy: null };
  return { ...configured({}, []), verdicts: [aVerdict('contracts', [], { actions: [told] })] };
}

const cases: readonly (readonly [string, string, GovernedChange])[] = [
  ['tier 2', 'infra.change: 3 of tier2: ann, jim', infra(2, [])],
  ['tier 3', 'infra.change: 3 of tier3: ann', infra(3)],
  ['tier 4 that the organisation lifts', 'infra.change: 3 of tier3: ann', infra(4)],
  ["a change of Plumbline's own files at the root", 'playbook.change: 2 of root: olga', atRoot({ action: 'playbook.change' })],
  ['a file of them that goes, at the root', 'playbook.change: 2 of root: olga', atRoot({ action: 'playbook.change', files: { 'own/p.yaml': { base: 'one', head: null, roles: ['own'] } } })],
  ['a secret in one of them that the organisation lifts', 'secret.commit: 3 of tier3: ann', atRoot({ action: 'secret.commit', secrets })],
  ['a contract', 'contract.bump: 3 of tier2: ann, jim', onContract('contract.bump', false)],
  ['a contract that asks for people', 'contract.bump: 3 of tier3: ann', onContract('contract.bump', true)],
  ['a flag that is set on a contract that asks for people', 'contract.halt: 3 of tier2: ann, jim', onContract('contract.halt', true)],
];

function releases({ judged = [] }: Verdict): readonly string[] {
  return judged.flatMap(({ action, release }) => (release === null ? [] : `${action}: ${release.count} of ${release.from}: ${release.approvedBy.join(', ')}`));
}

function commands({ held = [] }: Verdict): readonly string[] {
  return held.map(({ scope, count, from, approvedBy }) => `${scope}: ${count} of ${from}: ${approvedBy.join(', ')}`);
}

for (const [what, expected, change] of cases) {
  test(`the table, the commands, the finding and a no are about the same people: ${what}`, () => {
    const [action = '', needed = '', , from = '', ...counted] = expected.split(/[:\s]+/);
    const verdict = govern({ ...change, votes: yes });
    const of = { tier2: 'team:junior', tier3: 'team:governance', root: 'owners' }[from];
    const lines = (all: readonly string[]): readonly string[] => all.filter((one) => one.startsWith(`${action}:`));
    const asking = verdict.findings.filter(({ code, message }) => /^governance\/(?:approvals_missing|human_approval_required)$/.test(code) && message.includes(of ?? 'nobody'));
    assert.deepEqual([lines(releases(verdict)), lines(commands(verdict))], [[expected], [expected]]);
    assert.ok(asking.some((one) => one.expected?.startsWith(`${needed} of`) === true && one.found === `${counted.length}: ${counted.join(' ')}`), JSON.stringify(verdict.findings));
    const against = govern({ ...change, votes: no }).findings.find(({ code, next }) => code === 'governance/rejected' && next.includes(`unapprove ${action} `));
    assert.deepEqual(against?.found?.replace(/^.* by /, '').split(', ').toSorted(), counted.join(' ').split(', '));
  });
}
