import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { jobsOf } from '../../../src/flows/delivery/jobs-of.ts';
import { aPayload, handledEvents } from '../../builders/a-payload.ts';

const appId = 4711;

function keysOf(event: string, payload: JsonObject): readonly string[] | string {
  const mapping = jobsOf(event, payload, appId);
  return mapping.kind === 'jobs' ? mapping.jobs.map((job) => job.key) : mapping.kind === 'refused' ? mapping.why : 'ignored';
}

for (const action of ['opened', 'synchronize', 'reopened', 'ready_for_review', 'converted_to_draft']) {
  test(`jobsOf() of pull_request.${action} asks for an evaluation of that pull request`, () => {
    assert.deepEqual(jobsOf('pull_request', aPayload('pull_request', { action }), appId), {
      kind: 'jobs',
      jobs: [{
        key: 'evaluate:1296269:7',
        kind: 'evaluate',
        payload: { repository: { account: { id: 21031067, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1296269, owner: 'octo-org', name: 'hello-world' }, number: 7 },
      }],
    });
  });
}

const edited = (changes: JsonObject) => keysOf('pull_request', aPayload('pull_request', { action: 'edited', changes }));
const block = '```plumbline-evidence\n{}\n```';

test('jobsOf() of a retarget or a new title asks for an evaluation, of another edit for nothing', () => {
  assert.deepEqual([edited({ base: { ref: { from: 'main' } } }), edited({ title: { from: 'a' } }), edited({ body: { from: 'a' } })], [['evaluate:1296269:7'], ['evaluate:1296269:7'], 'ignored']);
});

test('jobsOf() of pull_request.edited asks for a judgement where evidence came, went or changed in the text, and for none where other words did', () => {
  const texts = (from: string | null, body: string | null) => keysOf('pull_request', withBody(aPayload('pull_request', { action: 'edited', changes: { body: { from } } }), body));
  assert.deepEqual([texts('', block), texts(`a\n${block}`, 'a'), texts(block, block.replace('{}', '[]'))], [['evaluate:1296269:7'], ['evaluate:1296269:7'], ['evaluate:1296269:7']]);
  assert.deepEqual([texts('a', 'b'), texts(null, 'b'), texts(`${block}\na`, `${block}\nb`), texts('a', null)], ['ignored', 'ignored', 'ignored', 'ignored']);
});

function withBody(payload: JsonObject, body: string | null): JsonObject {
  const pull = payload['pull_request'];
  return { ...payload, pull_request: { ...(isJsonObject(pull) ? pull : {}), body } };
}

test('jobsOf() of what comes from a branch that is named as a remediation\'s asks to look whether it is one, when somebody pushed, opened it again, retargeted it, or it waits to be merged no more', () => {
  const from = (ref: unknown, action: string, changes: JsonObject = {}, repo: JsonObject | null = { id: 1296269 }) => keysOf('pull_request', { ...aPayload('pull_request', { action, changes }), pull_request: JSON.parse(JSON.stringify({ number: 7, head: { ref, repo, sha: 'a'.repeat(40) } })) });
  const ours = 'plumbline/managed-files/0123456789abcdef-g1';
  const follow = `follow-remediation:1296269:${ours}`;
  for (const action of ['dequeued', 'auto_merge_disabled']) assert.deepEqual([from(ours, action), from('feature', action), from(7, action)], [[follow], 'ignored', 'ignored'], action);
  for (const action of ['synchronize', 'reopened']) assert.deepEqual([from(ours, action), from('feature', action)], [['evaluate:1296269:7', follow], ['evaluate:1296269:7']], action);
  for (const fork of [{ id: 7 }, null]) assert.equal(from(ours, 'dequeued', {}, fork), 'ignored');
  assert.deepEqual([from(ours, 'edited', { base: { ref: { from: 'main' } } }), from(ours, 'edited', { title: { from: 'a' } })], [['evaluate:1296269:7', follow], ['evaluate:1296269:7']]);
});

test('jobsOf() of a push that says that it takes something back asks to record that, beside the push itself', () => {
  const message = `Revert "a"\n\nThis reverts commit ${'b'.repeat(40)}.`;
  const mapping = jobsOf('push', aPayload('push', { commits: [{ message: 'Add a' }, { message }, { message }, { message: 7 }, null] }), appId);
  assert.deepEqual(mapping.kind === 'jobs' ? mapping.jobs.map(({ kind, payload: { branch, commits, pullRequests } }) => [kind, branch, commits, pullRequests]) : mapping, [['record-push', undefined, undefined, undefined], ['record-reverts', 'main', ['b'.repeat(40)], []]]);
  for (const commits of [undefined, null, 'x', [{ message: 'Revert a' }]]) assert.deepEqual(keysOf('push', JSON.parse(JSON.stringify(aPayload('push', { commits: commits ?? [] })))), ['record-push:1296269:refs/heads/main']);
});

test('jobsOf() of a merged pull request that says that it takes another one back asks to record that; of one that was not merged it does not', () => {
  const closed = (merged: boolean, body: string) => {
    const mapping = jobsOf('pull_request', aPayload('pull_request', { action: 'closed', pull_request: { number: 7, merged, body, base: { ref: 'stable' } } }), appId);
    return mapping.kind === 'jobs' ? mapping.jobs.map(({ kind, payload: { branch = null, pullRequests = null } }) => [kind, branch, pullRequests]) : mapping;
  };
  const close = ['record-close', null, null];
  assert.deepEqual(closed(true, 'Reverts octo-org/hello-world#5'), [close, ['record-reverts', 'stable', [5]]]);
  assert.deepEqual([closed(false, 'Reverts #5'), closed(true, 'Reverts other/repo#5')], [[close], [close]]);
});

test('attack: a push that takes back everything asks for twenty of it', () => {
  const commits = Array.from({ length: 500 }, (_, index) => ({ message: `This reverts commit ${index.toString(16).padStart(40, '0')}.` }));
  const mapping = jobsOf('push', aPayload('push', { commits }), appId);
  assert.deepEqual(mapping.kind === 'jobs' ? mapping.jobs.map(({ payload }) => (Array.isArray(payload['commits']) ? payload['commits'].length : 0)) : mapping, [0, 20]);
});

test('jobsOf() of a closed pull request asks to record that', () => {
  assert.deepEqual(keysOf('pull_request', aPayload('pull_request', { action: 'closed' })), ['record-close:1296269:7']);
});

test('jobsOf() of a merge group asks to judge the group commit, and of its end for nothing', () => {
  const group = aPayload('merge_group', { action: 'checks_requested' });
  const mapping = jobsOf('merge_group', group, appId);
  const { repository: _, ...range } = mapping.kind === 'jobs' ? mapping.jobs[0]!.payload : {};
  assert.deepEqual(range, { headSha: 'a'.repeat(40), headRef: 'refs/heads/gh-readonly-queue/main/pr-7-b', baseSha: 'b'.repeat(40), baseRef: 'refs/heads/main' });
  assert.equal(keysOf('merge_group', { ...group, action: 'destroyed' }), 'ignored');
});

const push = (changes: JsonObject) => keysOf('push', aPayload('push', changes));

test('jobsOf() of a push to a branch asks to record it; tags, deletions and queue branches ask for nothing', () => {
  assert.deepEqual(push({}), ['record-push:1296269:refs/heads/main']);
  assert.deepEqual([push({ ref: 'refs/tags/v1' }), push({ deleted: true }), push({ ref: 'refs/heads/gh-readonly-queue/main/pr-7-b' })], ['ignored', 'ignored', 'ignored']);
});

for (const event of ['check_run', 'check_suite']) {
  test(`jobsOf() of ${event}.rerequested evaluates the named pull requests of this repository`, () => {
    const named = [{ number: 7, base: { repo: { id: 1296269 } } }, { number: 8, base: { repo: { id: 5 } } }];
    assert.deepEqual(keysOf(event, aPayload(event, { action: 'rerequested' }, { pull_requests: named })), ['evaluate:1296269:7']);
  });

  test(`jobsOf() of ${event}.rerequested from a fork, which names none, looks for the head`, () => {
    assert.deepEqual(keysOf(event, aPayload(event, { action: 'rerequested' })), [`evaluate-head:1296269:${'a'.repeat(40)}`]);
  });

  test(`jobsOf() ignores ${event}.rerequested of another App`, () => {
    assert.equal(keysOf(event, aPayload(event, { action: 'rerequested' }, { app: { id: 15368 } })), 'ignored');
  });

  test(`jobsOf() ignores what our own ${event} tells, so that nothing loops`, () => {
    for (const action of ['created', 'completed', 'requested']) assert.equal(keysOf(event, aPayload(event, { action })), 'ignored');
  });
}

const endedRun = (inner: JsonObject = {}) => jobsOf('check_run', aPayload('check_run', { action: 'completed' }, { app: { id: 15368 }, ...inner }), appId);

test("jobsOf() of another App's check run that has ended asks to judge again what cites it, and of one that says nothing for nothing", () => {
  const mapping = endedRun();
  const { repository: _, ...run } = mapping.kind === 'jobs' ? mapping.jobs[0]!.payload : {};
  assert.deepEqual([mapping.kind === 'jobs' && mapping.jobs.map(({ key, kind }) => [key, kind]), run], [[['rejudge-run:1296269:77', 'rejudge-run']], { run: 77, head: 'a'.repeat(40), conclusion: 'success' }]);
  assert.deepEqual([endedRun({ app: null }).kind, endedRun({ conclusion: null }).kind, endedRun({ conclusion: 'x'.repeat(41) }).kind, endedRun({ conclusion: '' }).kind, endedRun({ id: -7 }).kind], ['jobs', 'ignored', 'refused', 'refused', 'refused']);
});

const installed = (count: number) => keysOf('installation', aPayload('installation', { action: 'created', repositories: Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `r${index}` })) }));

test('jobsOf() of an installation reconciles its repositories, and all of a large one by the schedule', () => {
  assert.deepEqual([installed(2), installed(101)], [['reconcile:1', 'reconcile:2'], ['schedule:reconcile-pull-requests']]);
});

test('jobsOf() of repositories added to an installation reconciles these', () => {
  assert.deepEqual(keysOf('installation_repositories', aPayload('installation_repositories', { action: 'added', repositories_added: [{ id: 5, name: 'five' }] })), ['reconcile:5']);
});

test('jobsOf() ignores unknown events and actions', () => {
  assert.deepEqual([keysOf('pull_request', aPayload('pull_request', { action: 'labeled' })), keysOf('deployment', {}), keysOf('constructor', { action: '__proto__' })], ['ignored', 'ignored', 'ignored']);
});

const hostileIds: Readonly<Record<string, unknown>> = { missing: undefined, 'a string': '7', 'a fraction': 7.5, negative: -7, zero: 0, 'beyond exact numbers': 2 ** 53 + 2, null: null, 'an object': { id: 7 } };

for (const [title, value] of Object.entries(hostileIds)) {
  test(`attack: an installation id that is ${title} is refused with a reason`, () => {
    const mapping = jobsOf('pull_request', { ...aPayload('pull_request', { action: 'opened' }), installation: JSON.parse(JSON.stringify({ id: value })) }, appId);
    assert.equal(mapping.kind, 'refused');
  });

  test(`attack: a pull request number that is ${title} is refused with a reason`, () => {
    const mapping = jobsOf('pull_request', { ...aPayload('pull_request', { action: 'opened' }), pull_request: JSON.parse(JSON.stringify({ number: value })) }, appId);
    assert.equal(mapping.kind, 'refused');
  });
}

test('attack: ids that only the prototype of the payload has are refused', () => {
  const payload: JsonObject = JSON.parse('{"action":"opened","__proto__":{"installation":{"id":1},"repository":{"id":1,"name":"x","owner":{"id":1,"login":"x","type":"User"}},"pull_request":{"number":1}},"constructor":{"prototype":{"id":1}}}');
  assert.equal(jobsOf('pull_request', payload, appId).kind, 'refused');
  assert.equal(Object.hasOwn(Object.prototype, 'installation'), false);
});

for (const name of ['..', '.', 'a/b', 'a%2fb', '', 'x'.repeat(101), 'a\nb']) {
  test(`attack: a repository named ${JSON.stringify(name).slice(0, 20)} is refused`, () => {
    const payload = aPayload('pull_request', { action: 'opened' });
    assert.equal(jobsOf('pull_request', { ...payload, repository: { id: 1, name, owner: { id: 1, login: 'x', type: 'User' } } }, appId).kind, 'refused');
  });
}

test('jobsOf() takes a pull request whose head repository was deleted', () => {
  const payload = aPayload('pull_request', { action: 'synchronize' });
  assert.deepEqual(keysOf('pull_request', { ...payload, pull_request: { number: 7, head: { repo: null, sha: 'a'.repeat(40) } } }), ['evaluate:1296269:7']);
});

const changed: readonly (readonly [event: string, action: string, key: string])[] = [
  ['membership', 'added', 'rejudge-person:21031067:all:alice:21:gained'],
  ['membership', 'removed', 'rejudge-person:21031067:all:alice:21:lost'],
  ['member', 'added', 'rejudge-person:21031067:1296269:alice:21:gained'],
  ['member', 'edited', 'rejudge-person:21031067:1296269:alice:21:gained'],
  ['member', 'removed', 'rejudge-person:21031067:1296269:alice:21:lost'],
  ['organization', 'member_added', 'rejudge-person:21031067:all:alice:21:gained'],
  ['organization', 'member_removed', 'rejudge-person:21031067:all:alice:21:lost'],
];

for (const [event, action, key] of changed) {
  test(`jobsOf() of ${event}.${action} asks to judge again what counted that person, whether or not it may be more now`, () => {
    assert.deepEqual(jobsOf(event, aPayload(event, { action }), appId), {
      kind: 'jobs',
      jobs: [{ key, kind: 'rejudge-person', payload: { account: 21031067, repository: event === 'member' ? 1296269 : null, login: 'Alice', id: 21, mayGain: key.endsWith('gained') } }],
    });
  });
}

test('jobsOf() of a place of an account that is gone asks for nothing, and what names nobody is refused', () => {
  assert.equal(keysOf('membership', aPayload('membership', { action: 'removed', member: null })), 'ignored');
  assert.equal(jobsOf('membership', aPayload('membership', { action: 'removed', member: { login: '' } }), appId).kind, 'refused');
  assert.equal(jobsOf('organization', aPayload('organization', { action: 'member_removed', membership: {} }), appId).kind, 'refused');
});

for (const action of ['created', 'deleted', 'edited', 'added_to_repository', 'removed_from_repository']) {
  test(`jobsOf() of team.${action} asks to judge again what asked about people, in the repository that it is about, else in all`, () => {
    const job = (repository: number | null) => ({ kind: 'jobs', jobs: [{ key: `rejudge-people:21031067:${repository ?? 'all'}`, kind: 'rejudge-people', payload: { account: 21031067, repository } }] });
    const { repository: _, ...everywhere } = aPayload('team', { action });
    assert.deepEqual([jobsOf('team', everywhere, appId), jobsOf('team', aPayload('team', { action }), appId)], [job(null), job(1296269)]);
  });
}

test('jobsOf() of team.edited asks for nothing where only words were changed, and for all where what was changed is not told', () => {
  const edited = (changes: JsonObject) => keysOf('team', { ...aPayload('team', { action: 'edited', changes }), repository: { id: 5 } });
  assert.deepEqual([edited({ description: { from: 'a' } }), edited({ notification_setting: { from: 'a' } })], ['ignored', 'ignored']);
  for (const changes of [{}, { name: { from: 'a' } }, { privacy: { from: 'secret' } }, { description: { from: 'a' }, name: { from: 'b' } }]) assert.deepEqual(edited(changes), ['rejudge-people:21031067:5']);
});

test('jobsOf() of a team of no organisation is refused', () => {
  assert.equal(jobsOf('team', aPayload('team', { action: 'deleted', organization: {} }), appId).kind, 'refused');
});

test('jobsOf() ignores invitations to an organisation, which make nobody a member', () => {
  assert.equal(keysOf('organization', aPayload('organization', { action: 'member_invited' })), 'ignored');
});

const corpus: readonly { readonly name: string; readonly examples: readonly JsonObject[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json');

test('jobsOf() takes every published example of every event, installed, without refusing one', () => {
  const refused = corpus.flatMap(({ name, examples }) => examples.flatMap((payload, index) => {
    const complete = name === 'installation' || name === 'installation_repositories' ? payload : { ...payload, installation: { id: 99 } };
    const mapping = jobsOf(name, complete, appId);
    return mapping.kind === 'refused' ? [`${name} ${index}: ${mapping.why}`] : [];
  }));
  assert.deepEqual(refused, []);
});

test('every event that is handled asks for something in one of its actions', () => {
  for (const [event, action] of handledEvents) assert.notEqual(keysOf(event, aPayload(event, action === null ? {} : { action, changes: { base: {} } })), 'ignored', event);
});

const evaluation = '01890a5d-ac96-774b-bcce-b302099a8057';
const clicked = (changes: JsonObject = {}, run: JsonObject = {}) =>
  aPayload('check_run', { action: 'requested_action', requested_action: { identifier: 'mend' }, sender: { id: 12, login: 'dev', type: 'User' }, ...changes }, { external_id: `${evaluation}/plumbline / contracts`, ...run });

test('jobsOf() of a click on a button of ours asks for the mend, by the decision and head of the run and by who clicked', () => {
  const mapping = jobsOf('check_run', clicked(), appId);
  const [job] = mapping.kind === 'jobs' ? mapping.jobs : [];
  const { repository: _, ...payload } = job?.payload ?? {};
  assert.deepEqual([job?.key, job?.kind, payload], [`mend:1296269:${evaluation}:12`, 'mend', { evaluation, head: 'a'.repeat(40), askedBy: { login: 'dev', id: 12, kind: 'User' } }]);
});

test('jobsOf() hands on a click by a bot, which is to be told why nothing comes of it', () => {
  assert.deepEqual(keysOf('check_run', clicked({ sender: { id: 9, login: 'agent[bot]', type: 'Bot' } })), [`mend:1296269:${evaluation}:9`]);
});

for (const [what, payload] of [
  ['a button that this version does not make', clicked({ requested_action: { identifier: 'explode' } })],
  ["another App's run, whatever its external id says", clicked({}, { app: { id: 15368 } })],
  ['a run without an App', clicked({}, { app: null })],
  ['a run that no evaluation opened', clicked({}, { external_id: 'blocked/abc' })],
  ['a run without an external id', clicked({}, { external_id: null })],
] as const) {
  test(`jobsOf() ignores a click on ${what}`, () => assert.equal(keysOf('check_run', payload), 'ignored'));
}

test('jobsOf() refuses a click that does not say who', () => {
  assert.match(String(keysOf('check_run', clicked({ sender: null }))), /^payload \/sender/);
  assert.match(String(keysOf('check_run', clicked({ sender: { id: 12, login: '', type: 'User' } }))), /^payload \/sender\/login/);
});

const commentKeys = (comment: JsonObject, changes: JsonObject = {}) => keysOf('issue_comment', aPayload('issue_comment', { action: 'created', ...changes }, comment));

test('jobsOf() of a comment that speaks to Plumbline asks to run it, one job per comment', () => {
  assert.deepEqual([commentKeys({}), commentKeys({ body: '/plumbline nonsense' }), commentKeys({ body: '/plumblin\u0435 help' })], [['command:1296269:41'], ['command:1296269:41'], ['command:1296269:41']]);
});

test('jobsOf() ignores comments that say nothing to Plumbline, on issues, edited, deleted, or by no person', () => {
  const bot = (login: string, type: string) => commentKeys({ user: { login, type } });
  assert.deepEqual([commentKeys({ body: 'hello' }), commentKeys({ body: null }), commentKeys({ body: '> /plumbline help' })], ['ignored', 'ignored', 'ignored']);
  assert.deepEqual([commentKeys({}, { issue: { number: 7 } }), commentKeys({}, { action: 'edited' }), commentKeys({}, { action: 'deleted' })], ['ignored', 'ignored', 'ignored']);
  assert.deepEqual([bot('plumbline[bot]', 'Bot'), bot('odd[bot]', 'User'), bot('acme', 'Organization'), commentKeys({ user: null })], ['ignored', 'ignored', 'ignored', 'ignored']);
});
