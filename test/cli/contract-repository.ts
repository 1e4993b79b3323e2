import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { aRepository, repositoryIn } from '../builders/a-repository.ts';
import type { TestRepository } from '../builders/a-repository.ts';

export const configuration = `version: 1
contracts:
  - name: workspace
    paths: ["contracts/**/*.yaml"]
    schema: builtin:workspace-contract/v2
`;

export interface ContractParts {
  readonly version?: string;
  readonly previous?: string | null;
  readonly spec?: string;
  readonly id?: string;
  readonly lifecycle?: string;
}

export function contractText({ version = '1.0.0', previous = null, spec = '{promise: one}', id = 'checkout', lifecycle = 'active' }: ContractParts = {}): string {
  return `contractId: ${id}\ncontractVersion: ${version}\npreviousContractRef: ${previous ?? 'null'}\nlifecycle: ${lifecycle}\nspec: ${spec}\n`;
}

/** Made once in each test process that asks for it: a copy costs a tenth. */
let first: string | null = null;

/** A governed repository with one released contract on main, and a branch `topic` checked out. */
export function aContractRepository(context: TestContext, files: Readonly<Record<string, string>> = {}): TestRepository {
  if (Object.keys(files).length > 0) return released(aRepository(context), files);
  first ??= aFirst();
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(first, directory, { recursive: true });
  return repositoryIn(directory);
}

function aFirst(): string {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-first-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const made = repositoryIn(directory);
  made.git('init', '-q', '-b', 'main');
  released(made);
  return directory;
}

function released(made: TestRepository, files: Readonly<Record<string, string>> = {}): TestRepository {
  made.commit({ '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': contractText(), ...files }, 'Release checkout');
  made.git('checkout', '-q', '-b', 'topic');
  return made;
}

/** Brings a change to main with a merge commit, and stays there. */
export function mergeOnMain(made: TestRepository, files: Readonly<Record<string, string>>): void {
  made.git('checkout', '-q', '-B', 'merged', 'main');
  made.commit(files, 'Change');
  made.git('checkout', '-q', 'main');
  made.git('merge', '-q', '--no-ff', '-m', 'Merge', 'merged');
}
