import type { RepositoryRef } from '../../src/domain/repository.ts';
import { aContract, hashOf } from '../builders/a-contract.ts';
import type { Plumbline, WantedCheck } from './a-plumbline.ts';
import { quiet } from './quiet.ts';

export interface Calls {
  readonly reads: number;
  readonly writes: number;
}

const files = 20;

/** What a head of twenty contracts costs, as GitHub counts it, everything that follows included. */
export class BudgetCase {
  readonly #plumbline: Plumbline;
  readonly #repository: RepositoryRef;

  private constructor(plumbline: Plumbline, repository: RepositoryRef) {
    this.#plumbline = plumbline;
    this.#repository = repository;
  }

  /** A repository whose release record is filled, so that only judging costs. */
  static async open(plumbline: Plumbline): Promise<BudgetCase> {
    const released = Object.fromEntries(numbers().map((index) => [`contracts/c${index}.yaml`, aContract({ id: `c${index}` })]));
    const repository = await plumbline.repository('budget', released);
    const { head } = await plumbline.pull(repository, 'docs', { 'docs/a.md': 'a\n' });
    await plumbline.check(repository, head, { is: 'success' });
    await quiet(plumbline);
    return new BudgetCase(plumbline, repository);
  }

  /** Twenty contracts in versions that nobody has seen. */
  bumped(limit: number): Readonly<Record<string, string>> {
    return Object.fromEntries(numbers().map((index) => [`contracts/c${index}.yaml`, aContract({ id: `c${index}`, version: '1.1.0', previous: hashOf({ id: `c${index}` }), spec: { limit } })]));
  }

  /** As `bumped`, one of them under the released version. */
  broken(limit: number): Readonly<Record<string, string>> {
    return { ...this.bumped(limit), 'contracts/c0.yaml': aContract({ id: 'c0', spec: { limit } }) };
  }

  async opening(branch: string, changes: Readonly<Record<string, string>>, wanted: WantedCheck): Promise<Calls> {
    await this.#plumbline.github.commitFiles(this.#repository, branch, changes, 'Change', { as: 'dev' });
    await quiet(this.#plumbline);
    return this.#costOf(async () => (await this.#plumbline.github.openPullRequest(this.#repository, { branch, as: 'dev' })).head, wanted);
  }

  async pushing(branch: string, changes: Readonly<Record<string, string>>, wanted: WantedCheck): Promise<Calls> {
    return this.#costOf(() => this.#plumbline.github.commitFiles(this.#repository, branch, changes, 'Push', { as: 'dev' }), wanted);
  }

  async #costOf(act: () => Promise<string>, wanted: WantedCheck): Promise<Calls> {
    const before = this.#plumbline.github.counts();
    const head = await act();
    await this.#plumbline.check(this.#repository, head, wanted);
    await quiet(this.#plumbline);
    const after = this.#plumbline.github.counts();
    return { reads: after.reads - before.reads, writes: after.writes - before.writes };
  }
}

function numbers(): readonly number[] {
  return Array.from({ length: files }, (_, index) => index);
}
