import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { Answer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import type { ObjectSource } from '../../../src/flows/ports/object-source.ts';
import type { ReleaseReader } from '../../../src/flows/ports/prober.ts';
import type { PolicyEngine } from '../../../src/probes/policy-engine/policy-engine.ts';
import { createProber } from '../../../src/probes/prober.ts';
import { aPolicyInput } from '../../builders/a-policy-input.ts';
import { aRule, anEngine, policyFiles } from './an-engine.ts';

const { engine } = anEngine();
const { engine: withoutOpa } = anEngine({ places: { OPA_PATH: '/nowhere/opa' } });
const input = aPolicyInput();
const subjects = input.actions.map(({ name }) => name);
const builtin: RequestOf<'policies'> = { kind: 'policies', policies: null, input, subjects };
const own = (body: string): RequestOf<'policies'> => ({ ...builtin, policies: policyFiles(aRule('own', body)) });
const answering = own('result contains {"subject": action.name, "outcome": "hold", "seen": action.tier} if some action in input.actions');

/** The answers to these, which nothing else is asked for. */
async function ask(requests: readonly RequestOf<'policies'>[], policies?: PolicyEngine): Promise<readonly (Answer<'policies'> | undefined)[]> {
  const refuse = async (): Promise<never> => await Promise.reject(new Error('not asked'));
  const objects: ObjectSource = { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse };
  const releases: ReleaseReader = { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse };
  const validator = { validate: async () => [], prepare: () => {}, compare: async () => [], close: async () => {} };
  const evidence = await createProber({ objects, releases, validator, ...(policies === undefined ? {} : { policies }) }).answer(requests, new Evidence());
  return requests.map((request) => evidence.find(request));
}

const outcomes = (answer: Answer<'policies'> | undefined) => answer?.kind === 'answered' && answer.value.kind === 'report' && answer.value.report.results.map(({ rule, outcome, facts }) => [rule, outcome, facts]);

test('the built-in rules and those of a repository answer for each action, each with its facts', async () => {
  const [ours, theirs] = await ask([builtin, answering], engine);
  assert.deepEqual(outcomes(theirs), [['t/own', 'hold', { seen: 2 }]]);
  const all = outcomes(ours);
  assert.deepEqual(all && all.filter(([, outcome]) => outcome !== 'pass'), [['governance/approvals_missing', 'hold', { from: 'tier2', needed: 1, counted: [] }]]);
});

test('what is said of a rule comes with its answer, of a built-in one too', async () => {
  const metadata = [{ rule: 'governance/rejected', title: null, remedy: null, resources: [], effectiveOn: '2027-01-31T00:00:00.000Z' }];
  const [ours] = await ask([builtin], { ...engine, builtin: async () => ({ ...(await engine.builtin()), metadata }) });
  assert.deepEqual(ours?.kind === 'answered' && ours.value.kind === 'report' && ours.value.metadata, metadata);
});

test('the built-in rules answer where there is no OPA, and those of a repository are unavailable there', async () => {
  const [ours, theirs] = await ask([builtin, answering], withoutOpa);
  assert.equal(ours?.kind, 'answered');
  assert.match(theirs?.kind === 'unavailable' ? theirs.why : '', /^Cannot run OPA: OPA_PATH is "\/nowhere\/opa"/);
});

test('policies that do not compile are refused, a rule that says nothing is silent, and one that takes for ever is timed out', async () => {
  const endless = own('result contains {"subject": input.actions[0].name, "outcome": "pass"} if {\n\tcount({[a, b, c] | some a in numbers.range(1, 500); some b in numbers.range(1, 500); some c in numbers.range(1, 500)}) > 0\n}');
  const { engine: hasty } = anEngine({ timeoutMs: 100 });
  const answers = [...(await ask([own('result contains {"subject": "x", "outcome": "pass"} if http.send({})'), own('result contains {"subject": "x", "outcome": "pass"} if input.never')], engine)), ...(await ask([endless], hasty))];
  assert.deepEqual(answers.map((answer) => (answer?.kind === 'answered' ? answer.value.kind : answer)), ['refused', 'silent', 'timed-out']);
});

test('where policies can not be asked they are unavailable, never taken for silent consent', async () => {
  assert.deepEqual(await ask([builtin]), [{ kind: 'unavailable', why: 'policies can not be asked here' }]);
});
