import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubServer } from '../github/start-github.ts';

const behavior = ['kind: Behavior', 'name: managed-files', 'scope: environment', 'source: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}', 'owner: team:platform', 'playbook: restore-managed-file', ''].join('\n');
const agreed = { '.editorconfig': 'root = true\n' };
const drifted = { '.editorconfig': 'root = false\n' };
const files = { '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\n', 'behaviors/managed.yaml': behavior, 'templates/editor.ini': 'root = true\n', ...agreed };

/** An account with a repository for its digest and many with one behaviour each, all as agreed. */
export interface ScannedAccount {
  readonly home: RepositoryRef;
  readonly repositories: readonly RepositoryRef[];
  /** Lets what these agreed on drift, or mends it. */
  drift(repositories: readonly RepositoryRef[]): Promise<void>;
  mend(repositories: readonly RepositoryRef[]): Promise<void>;
}

export async function aScannedAccount(github: GitHubServer, count: number): Promise<ScannedAccount> {
  const home = await github.createRepository('.github', { files: { 'README.md': 'x' } });
  const repositories: RepositoryRef[] = [];
  for (let index = 0; index < count; index += 1) repositories.push(await github.createRepository(`shop-${index}`, { files }));
  const commit = async (of: readonly RepositoryRef[], changes: Readonly<Record<string, string>>): Promise<void> => {
    for (const repository of of) await github.commitFiles(repository, 'main', changes);
  };
  return { home, repositories, drift: (of) => commit(of, drifted), mend: (of) => commit(of, agreed) };
}
