import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../github/json.ts';
import { objectOf } from '../../github/json.ts';
import { eventually } from '../eventually.ts';
import { plumbline } from './one-server.ts';

test('everything that landed stands in the audit log, with the decision that allowed it or as bypassed', async () => {
  const settled = await plumbline.github.createRepository('last', { files: { '.github/plumbline.yml': 'version: 1\n' } });
  const { head } = await plumbline.pull(settled, 'docs', { 'README.md': 'x\n' });
  await plumbline.check(settled, head, { is: 'success' });
  assert.equal(await plumbline.stop(), 0);
  const landed = await eventually('what landed', async () => {
    const found = (await plumbline.auditEntries()).filter((entry) => entry['event'] === 'change.merged').map(landedOf).filter((change) => /acme\/(?:allowed|bypassed|pushed-directly) /.test(change));
    if (found.length >= 3) return found;
    await plumbline.start();
    await plumbline.stop();
    return null;
  });
  assert.deepEqual(landed.toSorted(), ['acme/allowed pull-request:1 allowed', 'acme/bypassed pull-request:1 governance/bypassed', 'acme/pushed-directly push governance/bypassed']);
});

function landedOf(entry: Json): string {
  return `${String(objectOf(entry['repository'])['name'])} ${String(entry['subject'])} ${String(entry['outcome'])}`;
}
