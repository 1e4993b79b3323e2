import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { deriveActions } from '../../../src/gates/governance/derive-actions.ts';
import { deriversOf } from '../../../src/gates/governance/derivers-of.ts';
import { aFinding, aVerdict } from '../../builders/decision-builder.ts';
import type { World } from '../../builders/evidence-of.ts';
import { aChangeToDerive } from './derive-with.ts';

const path = '.github/plumbline.yml';
const document = { governance: { actions: [{ action: 'ci.change', tier: 3, paths: ['.github/**'] }] } };
const head = 'version: 1\nwaivers: ["waivers.json"]\n';

/** What comes of a change that brings back a configuration which names a file that stands there. */
function derive(isRepair: boolean, world: World = {}): readonly string[] {
  const standing = JSON.stringify({ version: 1, waivers: [{ code: 'contract/schema_invalid', fingerprint: '0123456789abcdef', path: 'a.yaml', owner: 'team:a', reason: 'known', grantedBy: 'mona', until: '2026-12-10' }] });
  const files = [{ path, base: 'version: 3\n', head }, { path: 'waivers.json', base: standing, head: standing, changed: false, roles: ['own'] as const }];
  const change = aChangeToDerive({ files, document, snapshot: { configuration: { repairs: [path] } }, verdicts: [aVerdict('change', isRepair ? [aFinding({ code: 'config/repair', path })] : [])], world }, (known) => deriversOf(known).flatMap((deriver) => deriver.plan(known)));
  return deriveActions(change).actions.map(({ name, tier }) => `${tier} ${name}`);
}

test('deriveActions() derives nothing from what only mends the base, whatever it names and whatever its path is besides', () => {
  assert.deepEqual(derive(true), [`1 code.change ${path}`]);
  assert.deepEqual(derive(false), [`3 ci.change ${path}`, `4 config.change ${path}`, '3 waiver.grant waivers.json /waivers/0']);
});

test('attack: a secret in what mends the base is one', () => {
  const secrets: World['secrets'] = ({ text }) => ({ kind: 'scanned', secrets: text === head ? [{ rule: 'test/WORD', line: 1, column: 1, digest: digestOfBytes('s') }] : [] });
  assert.deepEqual(derive(true, { secrets }), [`1 code.change ${path}`, `4 secret.commit ${path}`]);
});
