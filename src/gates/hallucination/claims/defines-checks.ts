import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { foldedPath } from '../../../domain/snapshot-files.ts';

/** Folders and files that tell a service what to run, in lower case. Which App reads which of them nobody tells, so that each counts for all. */
const folders = ['.azure-pipelines', '.azuredevops', '.buildkite', '.circleci', '.codefresh', '.github/actions', '.github/scripts', '.github/workflows', '.harness', '.prow', '.semaphore', '.teamcity', '.tekton', '.woodpecker', '.zuul.d', 'zuul.d'];
/** Of these some services read one in any folder that they are told. */
const files = /(?:^|\/)(?:\.?appveyor\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|bitrise\.ya?ml|buildspec[^/]*\.ya?ml|cloudbuild[^/]*\.(?:ya?ml|json)|codefresh\.ya?ml|codemagic\.ya?ml|jenkinsfile|netlify\.toml|vercel\.json|\.cirrus\.(?:ya?ml|star)|\.drone\.(?:ya?ml|star|jsonnet)|\.evergreen\.ya?ml|\.gitlab-ci\.ya?ml|\.packit\.ya?ml|\.prow\.ya?ml|\.travis\.ya?ml|\.woodpecker\.ya?ml|\.?zuul\.ya?ml|action\.ya?ml)$/;

/** The first changed path that says what checks of this change do; null: it changes none. */
export function changedDefinition(snapshot: Snapshot): string | null {
  return changedFiles(snapshot).find(({ path }) => definesChecks(path))?.path ?? null;
}

/** A link or a submodule in the place of such a folder, or of one that it is in, brings all of it. */
function definesChecks(path: string): boolean {
  const folded = foldedPath(path);
  return folders.some((folder) => folded.startsWith(`${folder}/`) || `${folder}/`.startsWith(`${folded}/`)) || files.test(folded);
}
