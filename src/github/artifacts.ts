import type { ArtifactAnswer, WantedArtifact } from '../domain/behavior/workflow-artifact.ts';
import { isDigest } from '../domain/digest.ts';
import { quoted } from '../domain/finding.ts';
import { flagAt, listAt, numberAt, optionalTextAt, textAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** The artifact of the workflow's newest successful run on the commit, by the run's number. What GitHub filters by is looked at again. */
export async function findArtifact(calls: RepositoryCalls, wanted: WantedArtifact): Promise<ArtifactAnswer> {
  const runs = await newestRuns(calls, wanted);
  const ofCommit = runs.find((one) => ranOnCommit.has(textAt(one, ['event'])));
  if (ofCommit === undefined) return { kind: 'no-run', other: runs[0] === undefined ? null : textAt(runs[0], ['event']) };
  const run = numberAt(ofCommit, ['id']);
  const { body } = await calls.readActions('/runs/{run_id}/artifacts', { run_id: run, name: wanted.name, per_page: 100 });
  const named = listAt(body, ['artifacts']).filter((artifact) => textAt(artifact, ['name']) === wanted.name);
  const [artifact] = named;
  if (artifact === undefined || named.length > 1) return { kind: 'no-artifact', why: `run ${run} left ${named.length} artifacts with the name ${quoted(wanted.name)}, expected one` };
  if (flagAt(artifact, ['expired'])) return { kind: 'no-artifact', why: `the artifact ${quoted(wanted.name)} of run ${run} has expired` };
  const digest = optionalTextAt(artifact, ['digest']);
  return { kind: 'artifact', id: numberAt(artifact, ['id']), size: numberAt(artifact, ['size_in_bytes']), digest: isDigest(digest) ? digest : null };
}

/**
 * Events that run a workflow on the very commit that its run names (GitHub, "Events that trigger workflows"). One by `pull_request` names the head,
 * but ran on a merge of it, by that one's workflow: with which base the API does not tell, since the pull requests of a run are those that are open now.
 */
const ranOnCommit = new Set(['push', 'merge_group', 'schedule', 'workflow_dispatch']);

/** GitHub names a workflow by its file alone; another one of that name stands nowhere, since all are in one folder. */
async function newestRuns(calls: RepositoryCalls, { workflow, head }: WantedArtifact): Promise<readonly unknown[]> {
  const file = workflow.slice(workflow.lastIndexOf('/') + 1);
  const { body } = await calls.readActions('/workflows/{workflow_id}/runs', { workflow_id: file, head_sha: head, status: 'success', per_page: 100 });
  const runs = listAt(body, ['workflow_runs']).filter((run) => textAt(run, ['head_sha']) === head && optionalTextAt(run, ['conclusion']) === 'success' && isOf(workflow, textAt(run, ['path'])));
  return runs.toSorted((a, b) => numberAt(b, ['run_number']) - numberAt(a, ['run_number']));
}

/** Some runs name the ref behind the path. */
function isOf(workflow: string, path: string): boolean {
  return path === workflow || path.startsWith(`${workflow}@`);
}
