import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { foldedPath } from '../../../domain/snapshot-files.ts';

/** Folders and files that tell a service what to run, in lower case. Which App reads which of them nobody tells, so that each counts for all. */
const folders = ['.github/workflows/', '.github/actions/', '.azure-pipelines/', '.buildkite/', '.circleci/', '.semaphore/', '.teamcity/', '.tekton/', '.woodpecker/'];
const files = /^(?:\.?appveyor\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|buildspec\.ya?ml|cloudbuild\.(?:ya?ml|json)|codemagic\.ya?ml|jenkinsfile|\.cirrus\.(?:ya?ml|star)|\.drone\.(?:ya?ml|star|jsonnet)|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|\.woodpecker\.ya?ml)$/;
const action = /(?:^|\/)action\.ya?ml$/;

/** The first changed path that says what checks of this change do; null: it changes none. */
export function changedDefinition(snapshot: Snapshot): string | null {
  return changedFiles(snapshot).find(({ path }) => definesChecks(path))?.path ?? null;
}

function definesChecks(path: string): boolean {
  const folded = foldedPath(path);
  return folders.some((folder) => folded.startsWith(folder)) || files.test(folded) || action.test(folded);
}
