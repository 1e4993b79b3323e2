import { isJson, listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { contextOf, senderOf, upstreamToken } from './pull-routes.ts';
import { pageOf, refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { appShape, completeCheckRun, repositoryShape } from './shapes.ts';
import type { World } from './world.ts';

/** Check runs with GitHub's limits: 50 annotations a call that append, 65,535 characters, an App as their author. */
export const checkRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/:owner/:repo/check-runs', needs: 'checks:write', answer: createRun },
  { method: 'PATCH', path: '/repos/:owner/:repo/check-runs/:id', needs: 'checks:write', answer: updateRun },
  { method: 'GET', path: '/repos/:owner/:repo/check-runs/:id', needs: 'checks:read', answer: readRun },
  { method: 'GET', path: '/repos/:owner/:repo/check-runs/:id/annotations', needs: 'checks:read', answer: listAnnotations },
  { method: 'GET', path: '/repos/:owner/:repo/commits/:ref/check-runs', needs: 'checks:read', answer: listRuns },
  { method: 'GET', path: '/repos/:owner/:repo/commits/:ref/check-suites', needs: 'checks:read', answer: listSuites },
  { method: 'POST', path: '/repos/:owner/:repo/check-runs/:id/rerequest', needs: 'checks:write', answer: rerequest },
];

async function createRun(world: World, call: Call): Promise<Answer> {
  const problem = await problemOf(world, call);
  if (problem !== null) return refuse(422, problem);
  const made = await world.upstream.call('POST', `/repos/${call.repository}/check-runs`, withoutAnnotations(call.body), await upstreamToken(call));
  if (made.status !== 201) return made;
  const id = Number(objectOf(made.body)['id']);
  // A user stands for another App in tests: only Apps create check runs.
  world.checkApps.set(id, call.identity.kind === 'installation' ? world.appId : 4_242);
  world.annotations.set(id, annotationsOf(call.body));
  world.actions.set(id, actionsOf(call.body));
  const body = completeCheckRun(world, objectOf(made.body));
  await emitRun(world, call, body, body['status'] === 'completed' ? 'completed' : 'created');
  return { status: 201, body };
}

async function updateRun(world: World, call: Call): Promise<Answer> {
  const id = Number(call.at['id']);
  const path = `/repos/${call.repository}/check-runs/${id}`;
  const current = await world.upstream.call('GET', path);
  if (current.status !== 200) return current;
  if (call.identity.kind === 'installation' && world.checkApps.get(id) !== world.appId) return refuse(403, 'Invalid app_id `4242` - check run can only be modified by the GitHub App that created it.');
  const problem = textProblem(call.body);
  if (problem !== null) return refuse(422, problem);
  // GitHub keeps a completed run completed: a later in_progress is ignored.
  const done = objectOf(current.body)['status'] === 'completed' && call.body['status'] === 'in_progress';
  const { status: _status, conclusion: _conclusion, ...rest } = call.body;
  const made = await world.upstream.call('PATCH', path, withoutAnnotations(done ? rest : call.body), await upstreamToken(call));
  if (made.status !== 200) return made;
  world.annotations.set(id, [...(world.annotations.get(id) ?? []), ...annotationsOf(call.body)]);
  if (call.body['actions'] !== undefined) world.actions.set(id, actionsOf(call.body));
  const body = completeCheckRun(world, objectOf(made.body));
  if (body['status'] === 'completed' && objectOf(current.body)['status'] !== 'completed') await emitRun(world, call, body, 'completed');
  return { status: 200, body };
}

async function readRun(world: World, call: Call): Promise<Answer> {
  const reply = await world.upstream.call('GET', `/repos/${call.repository}/check-runs/${call.at['id']}`);
  return reply.status === 200 ? { status: 200, body: completeCheckRun(world, objectOf(reply.body)) } : reply;
}

async function listRuns(world: World, call: Call): Promise<Answer> {
  const query = new URLSearchParams({ filter: call.query.get('filter') ?? 'latest', ...(call.query.has('check_name') ? { check_name: call.query.get('check_name') ?? '' } : {}) });
  const reply = await world.upstream.call('GET', `/repos/${call.repository}/commits/${encodeURIComponent(call.at['ref'] ?? '')}/check-runs?${query.toString()}`);
  if (reply.status !== 200) return reply;
  const app = call.query.get('app_id');
  const runs = listOf(objectOf(reply.body)['check_runs']).filter((run) => app === null || world.checkApps.get(Number(run['id'])) === Number(app));
  const page = pageOf(world, call, runs);
  return { status: 200, headers: page.headers, body: { total_count: runs.length, check_runs: page.items.map((run) => completeCheckRun(world, run)) } };
}

/** One suite for each App that has a run, with what its worst run says. */
async function listSuites(world: World, call: Call): Promise<Answer> {
  const head = call.at['ref'] ?? '';
  const reply = await world.upstream.call('GET', `/repos/${call.repository}/commits/${encodeURIComponent(head)}/check-runs?filter=latest&per_page=100`);
  if (reply.status !== 200) return reply;
  const byApp = Map.groupBy(listOf(objectOf(reply.body)['check_runs']), (run) => world.checkApps.get(Number(run['id'])) ?? world.appId);
  const commit = objectOf((await world.upstream.must('GET', `/repos/${call.repository}/git/commits/${head}`)).body);
  const repository = await repositoryShape(world, call.repository);
  const page = pageOf(world, call, [...byApp].map(([app, runs]) => suiteShape(world, { app, head, runs, commit, repository })));
  return { status: 200, headers: page.headers, body: { total_count: byApp.size, check_suites: page.items } };
}

interface Suite {
  readonly app: number;
  readonly head: string;
  readonly runs: readonly Json[];
  readonly commit: Json;
  readonly repository: Json;
}

function suiteShape(world: World, { app, head, runs, commit, repository }: Suite): Json {
  const conclusions = runs.map((run) => run['conclusion']);
  const isDone = runs.every((run) => run['status'] === 'completed');
  const person = { name: 'Somebody', email: 'somebody@example.com' };
  return {
    id: app,
    node_id: 'U1VJVEU=',
    head_branch: null,
    head_sha: head,
    status: isDone ? 'completed' : 'in_progress',
    conclusion: isDone ? (conclusions.find((one) => one !== 'success') ?? 'success') : null,
    url: `${world.url()}/repos/${textOf(repository['full_name'])}/check-suites/${app}`,
    before: null,
    after: head,
    pull_requests: [],
    app: { ...appShape(world), id: app },
    repository,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    head_commit: { id: head, tree_id: objectOf(commit['tree'])['sha'] ?? head, message: textOf(commit['message']), timestamp: '2026-01-01T00:00:00Z', author: person, committer: person },
    latest_check_runs_count: runs.length,
    check_runs_url: `${world.url()}/repos/${textOf(repository['full_name'])}/check-suites/${app}/check-runs`,
  };
}

async function listAnnotations(world: World, call: Call): Promise<Answer> {
  const page = pageOf(world, call, world.annotations.get(Number(call.at['id'])) ?? []);
  const body = page.items.map((one) => ({ start_column: null, end_column: null, title: null, raw_details: null, blob_href: world.url(), ...one }));
  return { status: 200, headers: page.headers, body };
}

async function rerequest(world: World, call: Call): Promise<Answer> {
  const run = await readRun(world, call);
  if (run.status !== 200) return run;
  await emitRun(world, call, objectOf(run.body), 'rerequested');
  return { status: 201, body: {} };
}

/** GitHub shows only the buttons that a run has. */
export async function clickAction(world: World, repository: string, id: number, identifier: string, sender: string): Promise<void> {
  if ((world.actions.get(id) ?? []).every((one) => one['identifier'] !== identifier)) throw new Error(`Check run ${id} has no button "${identifier}"`);
  const reply = await world.upstream.must('GET', `/repos/${repository}/check-runs/${id}`);
  const run = wholeRun(world, completeCheckRun(world, objectOf(reply.body)));
  world.emit('check_run', 'requested_action', { action: 'requested_action', check_run: run, requested_action: { identifier }, ...(await contextOf(world, repository, sender)) });
}

async function emitRun(world: World, call: Call, body: Json, action: string): Promise<void> {
  world.emit('check_run', action, { action, check_run: wholeRun(world, body), ...(await contextOf(world, call.repository, senderOf(world, call))) });
}

function wholeRun(world: World, body: Json): Json {
  const suite = isJson(body['check_suite']) ? body['check_suite'] : {};
  const whole = { status: body['status'], conclusion: null, before: null, after: body['head_sha'], pull_requests: [], app: appShape(world), created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', ...suite };
  return { ...body, check_suite: whole };
}

async function problemOf(world: World, call: Call): Promise<string | null> {
  const head = await world.upstream.call('GET', `/repos/${call.repository}/git/commits/${String(call.body['head_sha'])}`);
  return head.status === 200 ? textProblem(call.body) : `No commit found for SHA: ${String(call.body['head_sha'])}`;
}

function textProblem(body: Json): string | null {
  const output = isJson(body['output']) ? body['output'] : {};
  if (annotationsOf(body).length > 50) return 'Invalid request. No more than 50 items are allowed; the list was too long: annotations.';
  for (const field of ['summary', 'text']) {
    if (typeof output[field] === 'string' && output[field].length > 65_535) return `Only 65535 characters are allowed; ${textOf(output[field]).length} were supplied.`;
  }
  const actions = actionsOf(body);
  if (actions.length > 3) return 'Invalid request. No more than 3 items are allowed; the list was too long: actions.';
  for (const [field, most] of [['label', 20], ['description', 40], ['identifier', 20]] as const) {
    if (actions.some((one) => textOf(one[field]).length > most)) return `Invalid request. ${field} is too long (maximum is ${most} characters).`;
  }
  return annotationsOf(body).some((one) => one['start_column'] !== undefined && one['start_line'] !== one['end_line']) ? 'Invalid annotation: columns need one line.' : null;
}

function annotationsOf(body: Json): Json[] {
  const output = isJson(body['output']) ? body['output'] : {};
  return output['annotations'] === undefined ? [] : listOf(output['annotations']);
}

function actionsOf(body: Json): readonly Json[] {
  return body['actions'] === undefined ? [] : listOf(body['actions']);
}

/** What the emulator keeps by itself. */
function withoutAnnotations({ actions: _actions, ...body }: Json): Json {
  if (!isJson(body['output'])) return body;
  const { annotations: _annotations, ...output } = body['output'];
  return { ...body, output };
}
