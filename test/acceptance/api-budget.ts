import assert from 'node:assert/strict';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { isJson, objectOf } from '../github/json.ts';
import type { Json } from '../github/json.ts';
import type { Exchange } from '../github/proxy.ts';
import { aContract, hashOf } from '../builders/a-contract.ts';
import type { Plumbline, WantedCheck } from './a-plumbline.ts';
import { quiet } from './quiet.ts';

export interface Calls {
  readonly reads: number;
  readonly writes: number;
  /** What was asked, in order, to show when it was too much. */
  readonly asked: readonly string[];
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
  static async open(plumbline: Plumbline, name: string, more: Readonly<Record<string, string>> = {}): Promise<BudgetCase> {
    const released = Object.fromEntries(numbers().map((index) => [`contracts/c${index}.yaml`, aContract({ id: `c${index}` })]));
    const repository = await plumbline.repository(name, { ...released, ...more });
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

  /** A further head of a pull request. Only the pull request's own event is delivered: what the push itself costs is another question. */
  async pushing(branch: string, changes: Readonly<Record<string, string>>, wanted: WantedCheck): Promise<Calls> {
    const { payload, pull } = this.#opened(branch);
    this.#plumbline.github.deliverTo(null);
    const after = await this.#plumbline.github.commitFiles(this.#repository, branch, changes, 'Push', { as: 'dev' });
    const head = objectOf(pull['head']);
    return this.#costOf(async () => {
      await this.#plumbline.deliver('pull_request', { ...payload, action: 'synchronize', before: head['sha'], after, pull_request: { ...pull, head: { ...head, sha: after } } });
      return after;
    }, wanted).finally(() => this.#plumbline.listen());
  }

  /** Somebody lets all that waits pass, and the check then says so. */
  async approving(branch: string, as: string): Promise<void> {
    const { pull } = this.#opened(branch);
    const sha = String(objectOf(pull['head'])['sha']);
    await this.#plumbline.github.comment(this.#repository, Number(pull['number']), `/plumbline approve all ${sha}`, { as });
    await this.#plumbline.check(this.#repository, sha, { is: 'success' });
    await quiet(this.#plumbline);
  }

  /** The base goes on, and with it its record. */
  async mergingElsewhere(path: string): Promise<void> {
    await this.#plumbline.github.commitFiles(this.#repository, 'main', { [path]: 'The base has moved on.\n' }, 'Elsewhere', { as: 'alice' });
    await quiet(this.#plumbline);
  }

  /** What was delivered when the pull request from a branch was opened. */
  #opened(branch: string): { readonly payload: Json; readonly pull: Json } {
    const found = this.#plumbline.github.deliveries().findLast((one) => one.event === 'pull_request' && JSON.stringify(one.payload).includes(`"ref":"${branch}"`));
    assert.ok(found, `a pull request from ${branch}`);
    return { payload: found.payload, pull: objectOf(found.payload['pull_request']) };
  }

  async #costOf(act: () => Promise<string>, wanted: WantedCheck): Promise<Calls> {
    const before = this.#plumbline.github.requests().length;
    const head = await act();
    await this.#plumbline.check(this.#repository, head, wanted);
    await quiet(this.#plumbline);
    const calls = this.#plumbline.github.requests().slice(before).filter((one) => one.kind !== 'mint' && !isElsewhere(one, this.#repository));
    const writes = calls.filter((one) => one.kind === 'write').length;
    return { reads: calls.length - writes, writes, asked: calls.map(described) };
  }
}

/** Whether a call is about another repository than this and the organisation's: of those that were judged before, work may come due meanwhile. */
function isElsewhere({ path, requestBody }: Exchange, { name }: RepositoryRef): boolean {
  const [, asked] = /^\/repos\/[^/]+\/([^/?]+)/.exec(path) ?? [];
  const body = isJson(requestBody) ? requestBody['variables'] : undefined;
  const told = asked ?? (isJson(body) ? body['name'] : undefined);
  return typeof told === 'string' && told !== name && told !== '.github';
}

function described({ kind, method, path, requestBody }: Exchange): string {
  return kind === 'query' ? `query ${JSON.stringify(requestBody).replaceAll(/\\n|\s+/g, ' ').slice(0, 400)}` : `${method} ${path}`;
}

function numbers(): readonly number[] {
  return Array.from({ length: files }, (_, index) => index);
}
