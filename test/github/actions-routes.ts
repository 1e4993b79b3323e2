import type { Json } from './json.ts';
import { pageOf, refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { repositoryShape } from './shapes.ts';
import type { World } from './world.ts';

/** Runs of workflows and what they left behind; rulesets. The emulator behind knows none of them. */
export const actionsRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/actions/workflows/:workflow/runs', needs: 'actions:read', answer: listRuns },
  { method: 'GET', path: '/repos/:owner/:repo/actions/runs/:run/artifacts', needs: 'actions:read', answer: async (world, call) => listArtifacts(world, call) },
  { method: 'GET', path: '/repos/:owner/:repo/actions/artifacts/:artifact/:format', needs: 'actions:read', answer: async (world, call) => locateArchive(world, call) },
  { method: 'GET', path: '/repos/:owner/:repo/rulesets', needs: null, answer: async (world, call) => listRulesets(world, call) },
];

export interface RunToMake {
  /** File of the workflow: `plan.yml`. */
  readonly workflow: string;
  readonly head: string;
  readonly conclusion?: 'success' | 'failure';
  /** What started it. */
  readonly event?: string;
  /** Behind the path, as some runs have it: `@main`. */
  readonly ref?: string;
}

export interface ArtifactToLeave {
  readonly run: number;
  readonly name: string;
  readonly archive: string;
  readonly size?: number;
  readonly digest?: string | null;
  readonly expired?: boolean;
}

const instant = '2026-01-01T00:00:00Z';

export function runWorkflow(world: World, repository: string, { workflow, head, conclusion = 'success', event = 'push', ref = '' }: RunToMake): number {
  const runs = world.runs.get(repository) ?? [];
  const id = 7_000 + runs.length;
  const url = `${world.url()}/repos/${repository}/actions/runs/${id}`;
  const made = {
    id, node_id: 'V1I=', name: workflow, head_branch: 'topic', run_number: runs.length + 1, display_title: workflow, event, status: 'completed', conclusion, head_sha: head, path: `.github/workflows/${workflow}${ref}`, workflow_id: 9,
    url, html_url: url, created_at: instant, updated_at: instant, head_commit: null, jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, check_suite_url: `${url}/suite`, cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, artifacts_url: `${url}/artifacts`, workflow_url: `${url}/workflow`, pull_requests: [],
  };
  world.runs.set(repository, [made, ...runs]);
  return id;
}

export function leaveArtifact(world: World, repository: string, { run, name, archive, size = 1_000, digest = null, expired = false }: ArtifactToLeave): number {
  const artifacts = world.artifacts.get(repository) ?? [];
  const id = 60 + artifacts.length;
  const url = `${world.url()}/repos/${repository}/actions/artifacts/${id}`;
  const shape = { id, node_id: 'QVI=', name, size_in_bytes: size, url, archive_download_url: `${url}/zip`, expired, created_at: instant, expires_at: instant, updated_at: instant, digest, workflow_run: { id: run } };
  world.artifacts.set(repository, [...artifacts, { id, run, shape, archive }]);
  return id;
}

async function listRuns(world: World, call: Call): Promise<Answer> {
  const [head, status] = [call.query.get('head_sha'), call.query.get('status')];
  const file = call.at['workflow'] ?? '';
  const ofFile = (world.runs.get(call.repository) ?? []).filter((run) => run['name'] === file);
  if (ofFile.length === 0) return refuse(404, 'Not Found');
  const repository = await repositoryShape(world, call.repository);
  const found = ofFile.filter((run) => (head === null || run['head_sha'] === head) && (status === null || run['conclusion'] === status)).map((run) => ({ ...run, repository, head_repository: repository }));
  const page = pageOf<Json>(world, call, found);
  return { status: 200, headers: page.headers, body: { total_count: found.length, workflow_runs: page.items } };
}

function listArtifacts(world: World, call: Call): Answer {
  const name = call.query.get('name');
  const found = (world.artifacts.get(call.repository) ?? []).filter(({ run, shape }) => String(run) === call.at['run'] && (name === null || shape['name'] === name));
  return { status: 200, body: { total_count: found.length, artifacts: found.map(({ shape }) => shape) } };
}

function locateArchive(world: World, call: Call): Answer {
  const found = (world.artifacts.get(call.repository) ?? []).find(({ id }) => String(id) === call.at['artifact']);
  if (found === undefined || call.at['format'] !== 'zip') return refuse(404, 'Not Found');
  if (found.shape['expired'] === true) return refuse(410, 'Artifact has expired');
  return { status: 302, headers: { location: found.archive }, body: null };
}

function listRulesets(world: World, call: Call): Answer {
  const page = pageOf(world, call, world.rulesets.get(call.repository) ?? []);
  return { status: 200, headers: page.headers, body: page.items };
}
