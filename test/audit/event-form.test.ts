import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import { auditEvents } from '../../src/audit/entry.ts';
import type { AuditDraft, AuditEvent } from '../../src/audit/entry.ts';
import { refuseMisfit } from '../../src/audit/refuse-misfit.ts';
import schema from '../../schemas/audit-events.schema.json' with { type: 'json' };
import { isJsonObject } from '../../src/domain/json-value.ts';
import { aDraft, aLogKey, exportOf, sealed, TestLog } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { verifyExport } from '../builders/verify-export.ts';
import { isFailure } from '../builders/is-failure.ts';

/** Without which an entry of the event says nothing of what it is there to say. */
const needed: Readonly<Partial<Record<AuditEvent, readonly (keyof AuditDraft)[]>>> = {
  'decision.made': ['after', 'policyDigest', 'inputDigest', 'payload', 'links'],
  'effect.performed': ['after', 'links'],
  'effect.failed': ['links'],
  'change.merged': ['payload', 'links'],
  'release.recorded': ['after', 'payload', 'links'],
  'release.adopted': ['after', 'payload', 'links'],
  'release.state_changed': ['before', 'after', 'payload', 'links'],
  'config.seen': ['before', 'after', 'payload', 'links'],
  'config.detached': ['before'],
  'failure.recorded': ['links'],
  'checkpoint.sealed': ['after', 'payload'],
  'key.rotated': ['before', 'after', 'payload'],
  'command.run': ['links'],
  'approval.given': ['after', 'payload', 'links'],
  'approval.counted': ['after', 'policyDigest', 'inputDigest', 'payload', 'links'],
  'approval.rejected': ['after', 'payload', 'links'],
  'approval.withdrawn': ['after', 'payload', 'links'],
  'action.allowed': ['after', 'policyDigest', 'inputDigest', 'payload', 'links'],
  'action.blocked': ['after', 'policyDigest', 'inputDigest', 'payload', 'links'],
};

function isRefused(draft: AuditDraft): boolean {
  try {
    refuseMisfit(draft);
    return false;
  } catch (thrown) {
    assert.ok(isFailure('STORE_INCONSISTENT', /does not have the form of its event/)(thrown));
    return true;
  }
}

suite('the forms of events', () => {
  test('every event has one, and nothing else does', () => {
    assert.deepEqual(Object.keys(schema.definitions).filter((name) => name.includes('.')), [...auditEvents]);
    assert.ok(new Ajv().validateSchema(schema));
  });

  for (const event of auditEvents) {
    test(`${event}: what flows append fits, and nothing that lacks or bends what it needs`, () => {
      const fitting = aFittingDraft(event);
      assert.ok(!isRefused(fitting));
      const { payload } = fitting;
      const lacking = (needed[event] ?? (payload === undefined ? [] : ['payload' as const])).map((name) => Object.fromEntries(Object.entries(fitting).filter(([other]) => other !== name)) as unknown as AuditDraft);
      const bent = [{ ...fitting, subject: '' }, { ...fitting, subject: 'x' }, { ...fitting, outcome: '' }, { ...fitting, actor: '' }, { ...fitting, rationale: '' }, ...(isJsonObject(payload) ? [{ ...fitting, payload: {} }, { ...fitting, payload: [] }] : [])];
      assert.deepEqual([...lacking, ...bent].filter((one) => !isRefused(one)), []);
    });
  }

  test('an event of a later release is not looked at, nor what is called as another definition of the schema', () => {
    for (const event of ['quota.exceeded', 'digest', 'change', 'toString']) assert.ok(!isRefused({ ...aDraft(), event: event as AuditEvent }), event);
  });
});

suite('verifying a log with an entry that does not have the form of its event', () => {
  const wrong: Readonly<Record<string, Partial<AuditDraft>>> = {
    'an outcome that no decision has': { outcome: 'perhaps' },
    'a subject that no decision has': { subject: 'contract:checkout@1.0.0' },
    'details that no decision has': { payload: { decision: 'perhaps' } },
    'details that are no object': { payload: 'allow' },
    'no details of what landed': { event: 'change.merged', subject: 'push', outcome: 'allowed', payload: { sha: 'c1' } },
    'a release of nothing': { event: 'release.adopted', subject: 'contract:checkout@1.0.0' },
    'a configuration that something else became of': { ...aFittingDraft('config.detached'), outcome: 'gone' },
  };
  for (const [title, overrides] of Object.entries(wrong)) {
    test(`${title} leaves the log unchecked, and is named`, async () => {
      const log = new TestLog();
      log.append();
      log.append(aDraft(overrides));
      const result = await verifyExport(await exportOf(await sealed(log, aLogKey())));
      assert.ok('notes' in result);
      assert.deepEqual([result.outcome, result.firstWrong], ['unchecked', null]);
      assert.match(result.notes.join(' '), /1 entries do not have the form of their event, the first is entry 1, /);
    });
  }

  test('what an older release wrote verifies, though it is not appended any more', async () => {
    const older: readonly Partial<AuditDraft>[] = [{ event: 'action.blocked', outcome: 'hold: It waits for 1 approval.' }, { event: 'config.seen', subject: 'configuration:a', outcome: 'changed', payload: 'version: 1' }, { event: 'effect.performed', subject: 'effect:check', outcome: 'performed' }];
    const log = new TestLog();
    for (const one of older) {
      assert.ok(isRefused(aDraft(one)), one.event);
      log.append(aDraft(one));
    }
    assert.equal((await verifyExport(await exportOf(await sealed(log)))).outcome, 'verified');
  });

  test('erased details are not asked for, and an event of a later release is none of ours', async () => {
    const log = new TestLog();
    log.append(aDraft({ payload: { decision: 'perhaps' } }));
    log.append(aDraft({ event: 'quota.exceeded' as AuditEvent, subject: 'x', outcome: '' }));
    log.entriesOf = log.entriesOf.map((entry) => ({ ...entry, openings: entry.openings.slice(0, 2) }));
    const result = await verifyExport(await exportOf(await sealed(log)));
    assert.equal(result.outcome, 'verified');
  });
});
