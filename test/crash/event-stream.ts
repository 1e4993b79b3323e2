import type { RepositoryRef } from '../../src/domain/repository.ts';
import { aContract, hashOf } from '../builders/a-contract.ts';
import type { Plumbline } from '../acceptance/a-plumbline.ts';
import type { Draw } from '../github/hostile.ts';

interface Opened {
  readonly number: number;
  readonly branch: string;
}

/** What people do to a repository while the server comes and goes, drawn from a seed. */
export class EventStream {
  readonly #plumbline: Plumbline;
  readonly #repository: RepositoryRef;
  readonly #draw: Draw;
  readonly #opened: Opened[] = [];
  #made = 0;

  constructor(plumbline: Plumbline, repository: RepositoryRef, draw: Draw) {
    this.#plumbline = plumbline;
    this.#repository = repository;
    this.#draw = draw;
  }

  /** One thing that somebody does: opening, pushing, asking again, clicking for a mend, closing, moving the base. */
  async next(): Promise<void> {
    const pull = this.#opened[Math.floor(this.#draw() * this.#opened.length)];
    const chance = this.#draw();
    if (pull === undefined || chance < 0.3) return this.#open();
    if (chance < 0.6) return this.#push(pull);
    if (chance < 0.75) return this.#askAgain(pull);
    if (chance < 0.85) return this.#click();
    if (chance < 0.95) return this.#moveBase();
    return this.#close(pull);
  }

  async #open(): Promise<void> {
    this.#made += 1;
    const branch = `topic-${this.#made}`;
    const { number } = await this.#plumbline.pull(this.#repository, branch, this.#change());
    this.#opened.push({ number, branch });
  }

  async #push({ branch }: Opened): Promise<void> {
    await this.#plumbline.github.commitFiles(this.#repository, branch, this.#change(), 'Push', { as: 'dev' });
  }

  async #askAgain({ branch }: Opened): Promise<void> {
    const tip = await this.#plumbline.github.branchTip(this.#repository, branch);
    const run = tip === null ? undefined : (await this.#plumbline.checks(this.#repository, tip)).at(-1);
    if (run !== undefined) await this.#plumbline.github.rerequest(this.#repository, run.id, { as: 'dev' });
  }

  /** On the button of any pull request that has one now: two people, and each twice. */
  async #click(): Promise<void> {
    for (const { branch } of this.#opened) {
      const tip = await this.#plumbline.github.branchTip(this.#repository, branch);
      const runs = tip === null ? [] : await this.#plumbline.checks(this.#repository, tip);
      const run = runs.findLast(({ id }) => this.#plumbline.github.actions(id).some((one) => one['identifier'] === 'mend'));
      if (run === undefined) continue;
      for (const as of ['dev', 'alice', 'dev', 'alice']) await this.#plumbline.github.clickAction(this.#repository, run.id, 'mend', { as });
      return;
    }
  }

  async #moveBase(): Promise<void> {
    await this.#plumbline.github.commitFiles(this.#repository, 'main', { [`notes/${this.#made}-${Math.floor(this.#draw() * 1e6)}.md`]: 'x\n' }, 'Note', { as: 'alice' });
  }

  async #close(pull: Opened): Promise<void> {
    this.#opened.splice(this.#opened.indexOf(pull), 1);
    await this.#plumbline.github.editPullRequest(this.#repository, pull.number, { state: 'closed' });
  }

  /** Allowed, denied, or nothing governed. */
  #change(): Readonly<Record<string, string>> {
    const limit = Math.floor(this.#draw() * 1e6);
    const chance = this.#draw();
    if (chance < 0.4) return { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit } }) };
    if (chance < 0.7) return { 'contracts/checkout.yaml': aContract({ spec: { limit } }) };
    return { [`docs/${limit}.md`]: `${limit}\n` };
  }
}
