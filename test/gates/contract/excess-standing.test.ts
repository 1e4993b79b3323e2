import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Evidence } from '../../../src/domain/evidence.ts';
import { limits } from '../../../src/domain/limits.ts';
import { planContracts } from '../../../src/gates/contract/plan-contracts.ts';
import { aConfiguration, mainEntry } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';

const most = limits.standingBytes / limits.fileBytes;

/** Blobs that are asked for where so many contracts of the greatest size stand beside a new one. */
function asked(standing: number): number {
  const files = Array.from({ length: standing }, (_, index) => `${index}`.padEnd(limits.fileBytes, ' ')).map((text, index) => aFile({ path: `contracts/${index}.yaml`, mergeBase: text, base: text, head: text }));
  const governed = { snapshot: aSnapshot({ files: [...files, aFile({ path: 'contracts/new.yaml', head: 'new' })] }), entry: mainEntry, configuration: aConfiguration() };
  return planContracts(governed, new Evidence()).filter(({ kind }) => kind === 'blob').length;
}

test('attack: of contracts that stand beside a change and are too large together none is read', () => {
  assert.deepEqual([asked(most), asked(most + 1)], [most + 1, 1]);
});
