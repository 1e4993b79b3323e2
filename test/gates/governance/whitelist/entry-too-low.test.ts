import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeConfiguration } from '../../../../src/domain/configuration/merge-configuration.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import { anEntry, govern } from '../a-governed-change.ts';

const actions = [{ action: 'infra.change', tier: 3, paths: ['infra/**'] }];

/** What a change of tier 3 is told where the repository has these entries, below this organisation. */
function denied(whitelist: JsonObject | readonly JsonObject[], organization: JsonObject | null) {
  const { configuration } = mergeConfiguration({ organization, repository: { version: 1, governance: { actions, whitelist: [whitelist].flat() } }, defaultBranch: 'main' });
  const { findings } = govern({ snapshot: { configuration: { effective: configuration, organizationText: organization === null ? null : JSON.stringify(organization) } } });
  return findings.filter(({ code }) => code === 'governance/not_whitelisted').map(({ found, expected, next }) => ({ found, expected, next }));
}

const usual = { expected: 'an entry of governance.whitelist for infra.change that names author', next: 'Ask for an entry in a change of its own, or leave this to somebody who is named.' };
const ofOrganization = { expected: "an entry of the organisation's governance.whitelist for infra.change that names author", next: 'Ask the organisation to add an entry, or to raise `governance.repositoryMaxTier`.' };

test('an entry of the repository that the organisation lets reach only tier 2 is told as there, and the organisation as who has to act', () => {
  const capped = { found: 'an entry of the repository for infra.*, which reaches only tier 2 (`governance.repositoryMaxTier`)', ...ofOrganization };
  assert.deepEqual(denied(anEntry({ action: 'infra.*' }), { version: 1 }), [capped]);
  assert.deepEqual(denied(anEntry({ action: 'infra.*', maxTier: 3 }), { version: 1 }), [capped]);
});

test('an entry that its own maxTier keeps below is told so, whoever wrote it', () => {
  const own = (level: string, tier: number) => ({ found: `an entry of the ${level} for infra.change, which reaches only tier ${tier} (its \`maxTier\`)`, ...usual });
  assert.deepEqual(denied(anEntry({ maxTier: 1 }), { version: 1 }), [own('repository', 1)]);
  assert.deepEqual(denied(anEntry({ maxTier: 2 }), null), [own('repository', 2)]);
  const organization = { version: 1, governance: { actions, whitelist: [anEntry({ maxTier: 2 })] } };
  assert.deepEqual(denied(anEntry({ action: 'other.change' }), organization), [own('organisation', 2)]);
});

test('the organisation is not asked to raise what would let an entry reach no further: it says so itself, or says less than the tier', () => {
  const own = { found: 'an entry of the repository for infra.change, which reaches only tier 2 (its `maxTier`)', ...usual };
  for (const repositoryMaxTier of [1, 2, 3]) assert.deepEqual(denied(anEntry({ maxTier: 2 }), { version: 1, governance: { repositoryMaxTier } }), [own]);
});

test('of several entries that reach too low, and of two that the cap makes one, the one is told that the organisation could let reach further', () => {
  const capped = { found: 'an entry of the repository for infra.change, which reaches only tier 2 (`governance.repositoryMaxTier`)', ...ofOrganization };
  assert.deepEqual(denied([anEntry({ maxTier: 2 }), anEntry()], { version: 1 }), [capped]);
  assert.deepEqual(denied([anEntry({ maxTier: 1 }), anEntry(), anEntry({ maxTier: 2 })], { version: 1 }), [capped]);
});

test('an entry for a team is told of, unless it is certain that not everybody belongs to it', () => {
  const capped = { found: 'an entry of the repository for infra.change, which reaches only tier 2 (`governance.repositoryMaxTier`)', ...ofOrganization };
  assert.deepEqual(denied(anEntry({ actors: ['team:makers'] }), { version: 1 }), [capped]);
});

test('an entry for something or somebody else, or one that has ended, is not told of', () => {
  for (const entry of [{ action: 'other.change' }, { actors: ['user:other', 'app:author'] }, { paths: ['docs/**'] }, { until: '2026-11-01' }]) assert.deepEqual(denied(anEntry(entry), { version: 1 }), [{ found: 'no entry in force that fits all of them', ...usual }]);
});

test('an entry of the repository allows what the organisation lets it', () => {
  assert.deepEqual(denied(anEntry(), { version: 1, governance: { repositoryMaxTier: 3 } }), []);
});
