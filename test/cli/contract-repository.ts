import type { TestContext } from 'node:test';
import { aRepository } from '../builders/a-repository.ts';
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

/** A governed repository with one released contract on main, and a branch `topic` checked out. */
export function aContractRepository(context: TestContext, files: Readonly<Record<string, string>> = {}): TestRepository {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': contractText(), ...files }, 'Release checkout');
  made.git('checkout', '-q', '-b', 'topic');
  return made;
}
