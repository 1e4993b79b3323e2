import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDuplicates } from '../../../src/gates/contract/check-duplicates.ts';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { contractWorld } from '../../../src/gates/contract/contract-world.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';

const many = 20_000;

/** As if a change brought many files of one id, each in the version of its number. */
function worldOf(versionOf: (file: number) => number) {
  const text = aContract({ previous: hashOf() });
  const snapshot = aSnapshot({ files: [aFile({ path: 'contracts/a.yaml', head: text })] });
  const { entry } = snapshot;
  assert.ok(entry !== null);
  const world = contractWorld({ snapshot, entry, configuration: aConfiguration() }, collectEvidence(contractGate, snapshot, { contents: [text] }));
  const [file] = world.files;
  assert.ok(file?.inResult.kind === 'contract');
  const { contract } = file.inResult;
  const contracts = Array.from({ length: many }, (_, number) => ({ ...contract, path: `contracts/${number}.yaml`, key: `1.${versionOf(number)}.0`, version: `1.${versionOf(number)}.0` }));
  const files = contracts.map((one) => ({ ...file, path: one.path, inResult: { kind: 'contract', contract: one } as const }));
  const byPath = new Map(files.map((one) => [one.path, one]));
  return { ...world, files, at: (path: string) => byPath.get(path) ?? null, inResult: () => contracts };
}

for (const [what, versionOf, last] of [
  ['one version', () => 1, 'checkout 1.1.0 also stands in contracts/0.yaml, contracts/1.yaml, contracts/2.yaml.'],
  ['versions of their own', (file: number) => file, 'checkout 1.19999.0 would stand beside 1.0.0 in contracts/0.yaml: in place an id has one released file, and a new version takes the place of the one before.'],
] as const) {
  test(`attack: twenty thousand files of one id in ${what} are refused in well under five seconds`, () => {
    const world = worldOf(versionOf);
    const started = performance.now();
    const findings = checkDuplicates(world);
    assert.ok(performance.now() - started < 5_000);
    assert.deepEqual([findings.length, findings.at(-1)?.message], [many, last]);
  });
}
