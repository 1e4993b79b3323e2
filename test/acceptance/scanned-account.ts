import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubServer } from '../github/start-github.ts';

const configuration = 'version: 1\nplaybooks: ["playbooks/*.yaml"]\ndrift: {behaviors: ["behaviors/*.yaml"]}\n';
const behavior = ['kind: Behavior', 'name: managed-files', 'scope: environment', 'source: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}', 'owner: team:platform'].join('\n');
const ownPlaybook = readFileSync(join(import.meta.dirname, '..', '..', 'playbooks', 'restore-managed-file.yaml'), 'utf8').replace('id: restore-managed-file', 'id: restore-editor');

/** An account with a repository for its digest and many with one behaviour each, all as agreed. Every other one mends by a playbook of its own: one playbook may remediate in 50 at most. */
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
  for (let index = 0; index < count; index += 1) repositories.push(await github.createRepository(`shop-${index}`, { files: filesOf(`shop-${index}`, index % 2 === 1) }));
  const commit = async (of: readonly RepositoryRef[], text: (name: string) => string): Promise<void> => {
    for (const repository of of) await github.commitFiles(repository, 'main', { '.editorconfig': text(repository.name) });
  };
  return { home, repositories, drift: (of) => commit(of, (name) => `${agreedIn(name)}indent_size = 8\n`), mend: (of) => commit(of, agreedIn) };
}

/** No file is like one of another repository, so that nothing that is known of one spares a call about another. */
function filesOf(name: string, hasOwnPlaybook: boolean): Readonly<Record<string, string>> {
  return {
    '.github/plumbline.yml': `# ${name}\n${configuration}`,
    'behaviors/managed.yaml': `# ${name}\n${behavior}\nplaybook: ${hasOwnPlaybook ? 'restore-editor' : 'restore-managed-file'}\n`,
    ...(hasOwnPlaybook ? { 'playbooks/editor.yaml': `# ${name}\n${ownPlaybook}` } : {}),
    'templates/editor.ini': agreedIn(name),
    '.editorconfig': agreedIn(name),
  };
}

function agreedIn(name: string): string {
  return `# ${name}\nroot = true\n`;
}
