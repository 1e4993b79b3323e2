import type { ArtifactAnswer, WantedArtifact } from '../domain/behavior/workflow-artifact.ts';
import { isDigest } from '../domain/digest.ts';
import { quoted } from '../domain/finding.ts';
import { flagAt, listAt, numberAt, optionalTextAt, textAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** The artifact of the workflow's newest successful run for the commit, by the run's number. What GitHub filters by is looked at again. */
export async function findArtifact(calls: RepositoryCalls, wanted: WantedArtifact): Promise<ArtifactAnswer> {
  const run = await newestRun(calls, wanted);
  if (run === null) return { kind: 'no-run' };
  const { body } = await calls.readActions('/runs/{run_id}/artifacts', { run_id: run, name: wanted.name, per_page: 100 });
  const named = listAt(body, ['artifacts']).filter((artifact) => textAt(artifact, ['name']) === wanted.name);
  const [artifact] = named;
  if (artifact === undefined || named.length > 1) return { kind: 'no-artifact', why: `run ${run} left ${named.length} artifacts with the name ${quoted(wanted.name)}, expected one` };
  if (flagAt(artifact, ['expired'])) return { kind: 'no-artifact', why: `the artifact ${quoted(wanted.name)} of run ${run} has expired` };
  const digest = optionalTextAt(artifact, ['digest']);
  return { kind: 'artifact', id: numberAt(artifact, ['id']), size: numberAt(artifact, ['size_in_bytes']), digest: isDigest(digest) ? digest : null };
}

/** GitHub names a workflow by its file alone; another one of that name stands nowhere, since all are in one folder. */
async function newestRun(calls: RepositoryCalls, { workflow, head }: WantedArtifact): Promise<number | null> {
  const file = workflow.slice(workflow.lastIndexOf('/') + 1);
  const { body } = await calls.readActions('/workflows/{workflow_id}/runs', { workflow_id: file, head_sha: head, status: 'success', per_page: 100 });
  const runs = listAt(body, ['workflow_runs']).filter((run) => textAt(run, ['head_sha']) === head && optionalTextAt(run, ['conclusion']) === 'success' && isOf(workflow, textAt(run, ['path'])));
  const [newest] = runs.toSorted((a, b) => numberAt(b, ['run_number']) - numberAt(a, ['run_number']));
  return newest === undefined ? null : numberAt(newest, ['id']);
}

/** Some runs name the ref behind the path. */
function isOf(workflow: string, path: string): boolean {
  return path === workflow || path.startsWith(`${workflow}@`);
}
