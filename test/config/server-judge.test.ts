import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { createServerPorts } from '../../src/config/server-ports.ts';
import type { JudgementAnswer } from '../../src/domain/support/judgement.ts';
import { Evidence } from '../../src/domain/evidence.ts';
import type { Answer } from '../../src/domain/probe-answer.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aJudge, says, wanted } from '../probes/judge/a-judge.ts';

const missing = async (): Promise<never> => await Promise.reject(new Error('nothing is read'));

test('the server sends a judge text of named repositories alone, and none that has a secret in it', async (context) => {
  const { service, bodies } = await aJudge(context, says({ label: 'supported', score: 1 }));
  const config = readConfig(anEnvironment({ JUDGE_URL: `${service.url}judge`, JUDGE_REPOSITORIES: 'acme/shop' }));
  const server = createServerPorts(config, { store: memoryStore(), clock: fakeClock(), log: fakeLog() });
  context.after(async () => await server.close());
  const askIn = async (name: string, claim = wanted.claim): Promise<Answer<'claim-judgement'> | undefined> => {
    const repository = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 2, id: 3, owner: 'acme', name } as const;
    const prober = server.ports.proberFor({ mergeBase: missing, tree: missing, blobs: missing, namesAt: missing, history: missing }, repository, { branch: 'main', awaited: null }, { contributors: missing, votes: missing, memberships: missing });
    const request = { ...wanted, claim };
    return (await prober.answer([request], new Evidence())).find(request);
  };
  const answered = (value: JudgementAnswer): unknown => ({ kind: 'answered', value });
  assert.deepEqual(await askIn('other'), answered({ kind: 'none' }));
  assert.deepEqual(await askIn('shop'), answered({ kind: 'judged', id: 'nli/large@3', label: 'supported', score: 1 }));
  assert.deepEqual(await askIn('shop', `It logs in with ghp_${randomBytes(18).toString('hex')}.`), answered({ kind: 'withheld', path: null }));
  assert.equal(bodies.length, 1);
});
