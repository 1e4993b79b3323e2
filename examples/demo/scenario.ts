import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { openAgentsPull, shopFiles } from './agent.ts';
import { managedFiles } from './drift.ts';
import { runCommand } from './run-command.ts';

export const organisation = 'acme';

export interface DemoPull {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly head: string;
  readonly branch: string;
  readonly title: string;
  /** Whether a roll-up must report on it. */
  readonly isGoverned: boolean;
}

const configuration = `version: 1
contracts:
  - {name: workspace, paths: ["contracts/**/*.yaml"], schema: "builtin:workspace-contract/v2", signatures: optional}
hallucination: {agents: [{login: robot}]}
drift: {behaviors: ["behaviors/*.yaml"], confirmAfter: 1s}
`;

interface ContractText {
  readonly version: string;
  readonly previous: string | null;
  readonly requestsPerMinute: number | string;
}

/** A contract as a person writes it; line 9 is what other teams rely on. */
function contract({ version, previous, requestsPerMinute }: ContractText): string {
  return `# What the checkout agent may rely on.
contractId: checkout
contractVersion: ${version}
previousContractRef: ${previous ?? 'null'}
lifecycle: active
emergencyFlags: {halted: false, budgetOverride: false, humanApprovalRequired: false}
spec:
  owner: team:payments
  requestsPerMinute: ${requestsPerMinute}
`;
}

const released: ContractText = { version: '2.1.0', previous: null, requestsPerMinute: 120 };

/** A valid bump, a mutated release, an invalid document, an agent that made up a part of what it claims, and a change in a repository that configures nothing. */
export async function openPullRequests(github: GitHubServer, directory: string): Promise<readonly DemoPull[]> {
  const shop = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': contract(released), 'README.md': '# Shop\n', ...managedFiles, ...shopFiles } });
  const notes = await github.createRepository('notes', { files: { 'README.md': '# Notes\n' } });
  const bump = contract({ version: '2.2.0', previous: await hashOf(released, directory), requestsPerMinute: 240 });
  return [
    await open(github, shop, { branch: 'raise-limit', title: 'Raise the limit in a new version', file: 'contracts/checkout.yaml', text: bump, by: 'dev' }),
    await open(github, shop, { branch: 'quick-fix', title: 'Quick fix: allow more requests', file: 'contracts/checkout.yaml', text: contract({ ...released, requestsPerMinute: 600 }), by: 'agent' }),
    await open(github, shop, { branch: 'typo', title: 'Add the search contract', file: 'contracts/search.yaml', text: contract({ version: 'two', previous: null, requestsPerMinute: 60 }).replace('checkout', 'search').replace('lifecycle: active', 'lifecycle: live'), by: 'agent' }),
    { ...(await openAgentsPull(github, shop)), repository: shop, isGoverned: true },
    await open(github, notes, { branch: 'notes', title: 'Write down the meeting', file: 'README.md', text: '# Notes\n\nWe met.\n', by: 'dev' }),
  ];
}

interface PullToOpen {
  readonly branch: string;
  readonly title: string;
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

async function open(github: GitHubServer, repository: RepositoryRef, { branch, title, file, text, by }: PullToOpen): Promise<DemoPull> {
  await github.commitFiles(repository, branch, { [file]: text }, title, { as: by });
  const { number, head } = await github.openPullRequest(repository, { branch, title, as: by });
  return { repository, number, head, branch, title, isGoverned: repository.name === 'shop' };
}

/** What an author types: `plumbline contract hash contracts/checkout.yaml`. */
async function hashOf(text: ContractText, directory: string): Promise<string> {
  const file = join(directory, 'checkout.yaml');
  await writeFile(file, contract(text));
  const { output } = await runCommand(['contract', 'hash', file], directory);
  return output.trim();
}
