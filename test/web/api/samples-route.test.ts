import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { SamplesOutcome, VerifiedSamples } from '../../../src/flows/take-samples.ts';
import { BodyBudget } from '../../../src/web/body-budget.ts';
import { createTokenVerifier } from '../../../src/web/tokens/verify-token.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { anIssuer, atNoon } from '../tokens/an-issuer.ts';
import { noApi } from '../no-api.ts';
import { aWeb } from '../web-fixture.ts';
import type { Message } from '../web-fixture.ts';

const head = 'a'.repeat(40);
const claims = {
  repository_id: '100', job_workflow_ref: 'acme/ci/.github/workflows/sample.yml@refs/heads/main', workflow_ref: 'acme/shop/.github/workflows/ci.yml@refs/pull/7/merge',
  sha: head, ref: 'refs/pull/7/merge', run_id: '15', run_attempt: '1', jti: 'token-1',
};

/** A server whose API trusts an issuer of its own. */
async function aServer(context: TestContext, take: (samples: VerifiedSamples) => Promise<SamplesOutcome> = async () => ({ kind: 'taken', pullRequests: [7], mergeGroups: [] })) {
  const issuer = await anIssuer(context, claims);
  const taken: VerifiedSamples[] = [];
  const verify = createTokenVerifier({ issuer: issuer.issuer, audience: 'plumbline', mostAge: 900 }, { clock: { now: () => atNoon } });
  const log = fakeLog();
  const samples = { verify, issuer: issuer.issuer, take: async (one: VerifiedSamples) => (taken.push(one), await take(one)), budget: new BodyBudget({ bodies: 10, bytes: 10 * 1024 * 1024 }), log };
  const web = await aWeb(context, { api: { ...noApi(), samples } });
  const post = async (changes: { readonly token?: string; readonly body?: unknown; readonly path?: string; readonly type?: string } = {}) => {
    const body = typeof changes.body === 'string' ? changes.body : JSON.stringify(changes.body ?? { behavior: 'checkout-quality', head, value: { n: 1 } });
    const message: Message = { method: 'POST', path: changes.path ?? '/api/v1/repositories/100/behaviors/checkout-quality/samples', headers: { 'content-type': changes.type ?? 'application/json', authorization: `Bearer ${changes.token ?? (await issuer.sign())}` }, body };
    const { status, text, headers } = await web.send(message);
    const answer: Readonly<Record<string, unknown>> = JSON.parse(text);
    return { status, answer, headers };
  };
  return { issuer, taken, web, post, log };
}

test('samples with a token of a run are handed on with what the token says', async (context) => {
  const { post, taken, issuer } = await aServer(context);
  const { status, answer } = await post();
  assert.deepEqual([status, answer], [202, { pullRequests: [7], mergeGroups: [] }]);
  assert.deepEqual(taken, [{
    samples: { behavior: 'checkout-quality', head, value: { n: 1 }, generator: null },
    origin: { repositoryId: 100, jobWorkflow: claims.job_workflow_ref, workflow: claims.workflow_ref, commit: head, ref: claims.ref, run: '15/1', token: 'token-1' },
    issuer: issuer.issuer,
    expiresAt: new Date(atNoon.getTime() + 300_000),
  }]);
});

test('without a token nothing is taken, and the answer says what is expected', async (context) => {
  const { web, taken } = await aServer(context);
  const { status, headers, text } = await web.send({ method: 'POST', path: '/api/v1/repositories/100/behaviors/a/samples', headers: { 'content-type': 'application/json' }, body: '{}' });
  assert.deepEqual([status, headers['www-authenticate'], headers['content-type'], taken], [401, 'Bearer', 'application/problem+json', []]);
  assert.deepEqual(JSON.parse(text), { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'token_missing', detail: 'The request has no bearer token, expected one in the header authorization.' });
});

test('attack: a token of another repository, for another server, or of another kind is refused', async (context) => {
  const { post, issuer, taken } = await aServer(context);
  const tokens = [await issuer.sign({ claims: { repository_id: '101' } }), await issuer.sign({ claims: { aud: 'https://other.example.com' } }), await issuer.sign({ claims: { job_workflow_ref: undefined } }), 'a.b.c'];
  const answers: unknown[] = [];
  for (const token of tokens) answers.push((await post({ token })).answer['code']);
  assert.deepEqual([answers, taken], [['other_repository', 'token_refused', 'token_refused', 'token_refused'], []]);
});

test('a body that is too large, of another type, invalid, or about another behaviour is refused', async (context) => {
  const { post, taken } = await aServer(context);
  const sent = [{ body: `{"value":"${'a'.repeat(1_100_000)}"}` }, { type: 'text/plain' }, { body: '{}' }, { body: { behavior: 'other', head, value: {} } }];
  const answers: unknown[] = [];
  for (const one of sent) answers.push([(await post(one)).status, (await post(one)).answer['code']]);
  assert.deepEqual([answers, taken], [[[413, 'too_large'], [415, 'no_json'], [400, 'samples_invalid'], [400, 'other_behavior']], []]);
});

test('a parameter that there is not is refused', async (context) => {
  const { post, taken } = await aServer(context);
  const { status, answer } = await post({ path: '/api/v1/repositories/100/behaviors/checkout-quality/samples?dry=1' });
  assert.deepEqual([status, answer['code'], taken], [400, 'unknown_parameter', []]);
});

test('an issuer that is away is told as trouble of ours, with when to try again', async (context) => {
  const { post, issuer } = await aServer(context);
  issuer.answers = () => ({ status: 500, body: '' });
  const { status, headers, answer } = await post();
  assert.deepEqual([status, headers['retry-after'], answer['code']], [503, '30', 'token_unverifiable']);
});

test('a refusal of the flow is told with its reason, trouble without its inside', async (context) => {
  const refusing = await aServer(context, async () => ({ kind: 'refused', reason: 'already_there', why: 'samples came before.' }));
  assert.deepEqual([(await refusing.post()).status, (await refusing.post()).answer['detail']], [409, 'The samples are refused: samples came before.']);
  const broken = await aServer(context, async () => {
    throw new Failure('STORE_UNAVAILABLE', 'password canary');
  });
  const { status, answer } = await broken.post();
  assert.deepEqual([status, answer['code'], JSON.stringify(answer).includes('canary')], [503, 'not_kept', false]);
});
