import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import * as fc from 'fast-check';
import { editDocument } from '../../../src/domain/document/edit-document.ts';
import type { DocumentEdit } from '../../../src/domain/document/edit-document.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { aRepository } from '../../builders/a-repository.ts';
import type { TestRepository } from '../../builders/a-repository.ts';
import { aWrittenDocument, someValue } from '../../builders/a-text.ts';
import type { WrittenDocument } from '../../builders/a-text.ts';
import { bytesOf } from '../../builders/content.ts';
import { pemOf, privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { runPlumbline } from '../run-plumbline.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20 : 1;
const contractsEach = 12;

const configuration = `version: 1
keys: [keys.json]
governance: {policies: ["policies/*.rego"]}
contracts:
  - {name: plain, paths: ["plain/**"], schema: schemas/any.json}
  - {name: bare, paths: ["bare/**"]}
  - {name: signed, paths: ["signed/**"], schema: schemas/any.json, signatures: required}
  - {name: versions, paths: ["versions/**"], schema: schemas/any.json, layout: versioned, signatures: required}
  - {name: mapped, paths: ["mapped/**"], schema: schemas/any.json, fields: {contractVersion: /meta/version, previousContractRef: /meta/previous, signature: /meta/signature}}
`;

const schema = JSON.stringify({ properties: { spec: { 'x-plumbline-change': 'additive' }, meta: { 'x-plumbline-change': 'cosmetic' }, ä: { 'x-plumbline-change': 'breaking' } } });

interface RandomContract {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

type Folder = 'plain' | 'bare' | 'signed' | 'versions' | 'mapped';

const aChange = fc.record({ member: fc.constantFrom('spec', 'ä', 'a b', 'description'), value: someValue, folder: fc.constantFrom<Folder>('plain', 'bare', 'signed', 'versions', 'mapped'), hasChecksum: fc.boolean(), version: fc.constantFrom('1.0.0', 'v1.2.3', '0.4.1', '2.0.0-rc.1') });

function contractOf({ path, text }: WrittenDocument, { member, value, folder, hasChecksum, version }: { member: string; value: JsonValue; folder: Folder; hasChecksum: boolean; version: string }, index: number): RandomContract {
  const name = folder === 'versions' ? `versions/c ${index}/v1` : `${folder}/c ${index}`;
  const full = `${name}${path.slice(1)}`;
  const isMapped = folder === 'mapped';
  const edits: DocumentEdit[] = [
    ...['signature', 'emergencyFlags', 'contractVersion', 'previousContractRef', 'meta'].map((one) => ({ pointer: `/${one}`, value: undefined })),
    { pointer: '/contractId', value: `c ${index}` },
    { pointer: isMapped ? '/meta/version' : '/contractVersion', value: version },
    { pointer: '/lifecycle', value: 'active' },
    { pointer: '/kmsKeyRef', value: 'local:test-key' },
    ...(hasChecksum ? [{ pointer: '/policyBundleChecksum', value: `sha256:${'0'.repeat(64)}` }] : []),
    ...(index % 2 === 0 ? [{ pointer: isMapped ? '/meta/signature' : '/signature', value: 'old' }] : []),
  ];
  const before = editDocument(bytesOf(text), full, edits);
  return { path: full, before, after: editDocument(before, full, [{ pointer: `/${member}`, value }]) };
}

const someContracts = fc.array(fc.tuple(aWrittenDocument, aChange), { minLength: contractsEach, maxLength: contractsEach }).map((pairs) => pairs.map(([written, change], index) => contractOf(written, change, index)));

function released(t: TestContext, contracts: readonly RandomContract[]): TestRepository {
  const made = aRepository(t);
  const key = privateKeyOf('ES256');
  made.commit({ '.github/plumbline.yml': configuration, 'schemas/any.json': schema, 'policies/a.rego': 'package a\n', 'keys.json': JSON.stringify({ keys: [publicJwk(key)] }), '.gitignore': 'key.pem\n', ...Object.fromEntries(contracts.map(({ path, before }) => [path, before])) });
  made.git('checkout', '-q', '-b', 'topic');
  made.write({ ...Object.fromEntries(contracts.map(({ path, after }) => [path, after])), 'key.pem': pemOf(key) });
  chmodSync(join(made.directory, 'key.pem'), 0o600);
  return made;
}

test('contract bump writes what the gate lets pass, whatever the contracts look like', async (t) => {
  await fc.assert(
    fc.asyncProperty(someContracts, async (contracts) => {
      const made = released(t, contracts);
      const bumped = await runPlumbline(made.directory, ['contract', 'bump', ...contracts.map(({ path }) => path), '--sign', 'key.pem']);
      assert.deepEqual([bumped.code, bumped.stderr], [0, ''], bumped.stdout);
      made.commit({}, 'Bump');
      const checked = await runPlumbline(made.directory, ['check', '--format', 'json', '--gate', 'change', 'contracts']);
      const findings = JSON.parse(checked.stdout).verdicts.flatMap((one: { findings: { severity: string; code: string }[] }) => one.findings).filter((one: { severity: string }) => one.severity !== 'notice');
      assert.deepEqual([checked.code, findings], [0, []], `${bumped.stdout}\n${JSON.stringify(contracts.map(({ path, after }) => [path, new TextDecoder().decode(after)]))}`);
      const again = await runPlumbline(made.directory, ['contract', 'bump', ...contracts.map(({ path }) => path), '--sign', 'key.pem', '--dry-run']);
      assert.deepEqual([again.code, again.stdout.split('\n').filter((line) => line !== '' && !/nothing to (bump|set)/.test(line))], [0, []]);
      for (const { path, before } of contracts) if (path.startsWith('versions/')) assert.deepEqual(new Uint8Array(readFileSync(join(made.directory, path))), before);
    }),
    { seed: 5, numRuns, endOnFailure: true },
  );
});
