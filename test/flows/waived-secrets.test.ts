import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../src/domain/decision.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { judge } from '../../src/flows/judge.ts';
import { builtinAnswer } from '../builders/builtin-answer.ts';
import { evidenceOf } from '../builders/evidence-of.ts';
import { aRichChange, entry, yes } from './lost-answers/rich-change.ts';
import type { RichInput } from './lost-answers/rich-change.ts';

interface JudgedSecret {
  readonly decision: Decision;
  /** `tier name` of the actions that policies were asked about. */
  readonly asked: readonly string[];
}

/** A secret comes into `src/a.ts`, and the base waives this fingerprint until then. */
async function judgeSecret({ fingerprint = '0'.repeat(16), until = '2026-12-10', ...more }: Partial<RichInput> & { readonly fingerprint?: string; readonly until?: string } = {}): Promise<JudgedSecret> {
  const waiver = { code: 'governance/secret_committed', fingerprint, path: 'src/a.ts', owner: 'team:a', reason: 'a test key', grantedBy: 'mona', until };
  const files = { 'src/a.ts': { base: 'a', head: 'a SECRETnew' }, 'waivers.json': { base: JSON.stringify({ version: 1, waivers: [waiver] }) } };
  const asked = new Set<string>();
  const { snapshot, world } = aRichChange({
    files,
    ...more,
    world: {
      ...more.world,
      policies: (request) => {
        for (const action of Array.isArray(request.input['actions']) ? request.input['actions'] : []) asked.add(JSON.stringify(action));
        return builtinAnswer(request);
      },
    },
  });
  const { decision } = await judge({ snapshot, requiredGates, prober: { answer: async (requests, before) => evidenceOf(requests, world, before) } });
  return { decision, asked: [...asked].map((text) => JSON.parse(text)).map(({ tier, name }: { readonly tier: number; readonly name: string }) => `${tier} ${name}`) };
}

function secretsTold({ verdicts }: Decision): readonly string[] {
  return verdicts.flatMap(({ findings }) => findings.filter(({ code }) => code === 'governance/secret_committed').map(({ severity, waiver }) => `${severity} ${waiver === undefined ? 'not waived' : `for ${waiver.daysLeft} days`}`));
}

const fingerprintIn = ({ verdicts }: Decision): string => verdicts.flatMap(({ findings }) => findings.filter(({ code }) => code === 'governance/secret_committed').map((one) => one.fingerprint))[0] ?? '';
const judgedIn = ({ verdicts }: Decision): readonly string[] => verdicts.flatMap(({ judged = [] }) => judged.map(({ tier, name, outcome }) => `${tier} ${name} ${outcome}`));

test('a secret that the base waives is no action, and is told with the days that are left', async () => {
  const before = await judgeSecret();
  assert.deepEqual([before.decision.cause, secretsTold(before.decision), before.asked], ['fail', ['deny not waived'], ['1 code.change src/a.ts', '4 secret.commit src/a.ts']]);
  const { decision, asked } = await judgeSecret({ fingerprint: fingerprintIn(before.decision) });
  assert.deepEqual([decision.cause, secretsTold(decision), asked], ['pass', ['notice for 20 days'], ['1 code.change src/a.ts']]);
  assert.deepEqual([judgedIn(decision), decision.held, decision.validUntil], [['1 code.change src/a.ts pass'], [], '2026-12-10T00:00:00.000Z']);
});

test('a secret whose waiver has ended, is of another place or can not be read is an action of tier 4', async () => {
  const fingerprint = fingerprintIn((await judgeSecret()).decision);
  for (const more of [{ fingerprint, until: '2026-11-20' }, { fingerprint: 'f'.repeat(16) }]) {
    const { decision, asked } = await judgeSecret(more);
    assert.deepEqual([decision.cause, secretsTold(decision), asked.length], ['fail', ['deny not waived'], 2]);
  }
  const unread = await judgeSecret({ files: { 'src/a.ts': { base: 'a', head: 'a SECRETnew' }, 'waivers.json': { base: 'nonsense' } } });
  assert.deepEqual([unread.decision.cause, unread.asked.length], ['fail', 2]);
});

test('a secret that the organisation lifts and the base waives asks nobody', async () => {
  const lifting = entry('secret.commit');
  const lifted = { governance: { whitelist: [lifting] }, snapshot: { configuration: { organizationText: `version: 1\ngovernance: ${JSON.stringify({ whitelist: [lifting] })}\n` } } };
  const fingerprint = fingerprintIn((await judgeSecret()).decision);
  assert.deepEqual([(await judgeSecret(lifted)).decision.cause, (await judgeSecret({ ...lifted, world: { votes: yes('ann', 'bob') } })).decision.cause], ['hold', 'pass']);
  assert.equal((await judgeSecret({ ...lifted, fingerprint })).decision.cause, 'pass');
});

test('a secret that the organisation may lift is blocked, and a waiver can name it while that can not be told', async () => {
  const lifting = entry('secret.commit', { actors: ['team:gone'] });
  const open = { governance: { whitelist: [lifting] }, snapshot: { configuration: { organizationText: `version: 1\ngovernance: ${JSON.stringify({ whitelist: [lifting] })}\n` } }, world: { unseenTeams: ['team:gone'] } } as const;
  const { decision } = await judgeSecret(open);
  assert.deepEqual([decision.cause, secretsTold(decision), judgedIn(decision)], ['inconclusive', ['unknown not waived'], ['1 code.change src/a.ts pass', '4 secret.commit src/a.ts inconclusive']]);
  assert.deepEqual(decision.verdicts.flatMap(({ findings }) => findings.map(({ code }) => code)).toSorted(), ['governance/secret_committed', 'policy/no_answer']);
  const waived = await judgeSecret({ ...open, fingerprint: fingerprintIn(decision) });
  assert.deepEqual([waived.decision.cause, secretsTold(waived.decision)], ['pass', ['notice for 20 days']]);
});
