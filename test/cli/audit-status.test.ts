import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditStatus } from '../../src/cli/audit-status.ts';
import type { LogStatus } from '../../src/flows/log-status.ts';
import { statusForm } from '../../src/web/operator-form.ts';

const at = new Date('2026-11-20T12:00:00.000Z');
const good: LogStatus = {
  account: 42,
  entries: 9,
  sealed: { size: 8, at },
  blocked: null,
  selfAudit: { at, entries: 7, sealed: 6, outcome: 'verified' },
  anchors: [{ anchor: 'file', size: 8, at, behindSince: null }, { anchor: 'branch', size: 4, at, behindSince: at }],
  holds: [{ id: 5, repository: { id: 100, name: 'acme/shop' }, from: at, to: null, by: 'olga', reason: 'case 7', placedAt: at }],
  firstSealed: at,
};
const bare: LogStatus = { account: 7, entries: 1, sealed: null, blocked: null, selfAudit: null, anchors: [], holds: [], firstSealed: null };

async function shown(statuses: readonly LogStatus[], format: 'pretty' | 'json' = 'pretty'): Promise<readonly [number, string]> {
  let text = '';
  const code = await auditStatus({ operations: { statuses: async () => statuses }, format, output: { write: (part) => void (text += part) } });
  return [code, text];
}

test('audit status shows sealing, the last verification and every anchor, and exits 0', async () => {
  assert.deepEqual(await shown([good, bare]), [0, `account 42  9 entries
  sealed to 8 at 2026-11-20T12:00:00.000Z
  verified by the server at 2026-11-20T12:00:00.000Z: 6 of 7 entries sealed
  anchored (file) to 8 at 2026-11-20T12:00:00.000Z
  anchored (branch) to 4 at 2026-11-20T12:00:00.000Z, behind since 2026-11-20T12:00:00.000Z
  hold 5 on "acme/shop", entries from 2026-11-20T12:00:00.000Z on: "case 7" (olga, 2026-11-20T12:00:00.000Z)
account 7  1 entries
  not sealed yet
  not verified by the server yet
`]);
  assert.match((await shown([]))[1], /no log yet/);
});

test('audit status exits 1 where a log is blocked or was found tampered with', async () => {
  assert.equal((await shown([good, { ...bare, blocked: 'why\u001b[31m' }]))[0], 1);
  assert.doesNotMatch((await shown([{ ...bare, blocked: 'why\u001b[31m' }]))[1], /\u001b/);
  assert.equal((await shown([{ ...good, selfAudit: { at, entries: 1, sealed: 1, outcome: 'tampered' } }], 'json'))[0], 1);
});

test('a status goes through the door of the server as it is', () => {
  for (const status of [good, bare, { ...bare, blocked: 'why' }]) assert.deepEqual(statusForm.read(statusForm.write(status)), status);
});
