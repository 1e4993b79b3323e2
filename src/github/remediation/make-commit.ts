import type { FileToWrite } from '../../domain/remediation/file-to-write.ts';
import type { Sha } from '../../domain/tree.ts';
import type { GitHubApp } from '../../flows/ports/github-app.ts';
import { shaAt } from '../answer.ts';
import type { RepositoryCalls } from '../repository-calls.ts';
import type { RemediationMemory } from './remediation-memory.ts';

type CommitToBuild = Parameters<ReturnType<GitHubApp['remediation']>['makeCommit']>[0];

/** A tree and a commit, in two requests; GitHub signs it as our App's. */
export async function makeCommit(calls: RepositoryCalls, memory: RemediationMemory, { parents, onto, files, message }: CommitToBuild): Promise<Sha> {
  const base = memory.treeOf(onto) ?? shaAt((await calls.read('/git/commits/{commit_sha}', { commit_sha: onto })).body, ['tree', 'sha']);
  const made = await calls.makeObject('/git/trees', { base_tree: base, tree: files.map(entryOf) });
  const tree = shaAt(made.body, ['sha']);
  const commit = await calls.makeObject('/git/commits', { message, tree, parents });
  const sha = shaAt(commit.body, ['sha']);
  memory.learnCommit({ oid: sha, tree: { oid: tree } });
  return sha;
}

function entryOf(file: FileToWrite): Readonly<Record<string, unknown>> {
  const { path, mode } = file;
  if ('blob' in file) return { path, mode, type: mode === '160000' ? 'commit' : 'blob', sha: file.blob };
  const { text } = file;
  return text === null ? { path, mode, type: 'blob', sha: null } : { path, mode, type: 'blob', content: text };
}
