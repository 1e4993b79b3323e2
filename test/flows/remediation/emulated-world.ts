import { digestOfValue } from '../../../src/domain/digest.ts';
import type { Digest } from '../../../src/domain/digest.ts';
import { branchName } from '../../../src/domain/remediation/branch-name.ts';
import type { BehaviorDrift, RemediationPlan } from '../../../src/domain/remediation/behavior-drift.ts';
import { baseRefOf, fingerprintOf } from '../../../src/domain/remediation/fingerprint.ts';
import type { PlannedFile } from '../../../src/domain/playbook/plan.ts';
import { planDigest } from '../../../src/domain/playbook/plan-digest.ts';
import type { DriftIdentity, Fingerprint } from '../../../src/domain/remediation/fingerprint.ts';
import { bodyWithTrailer } from '../../../src/domain/remediation/trailer.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { LastSaid } from '../../../src/domain/remediation/remediation-record.ts';
import { remediate } from '../../../src/flows/remediation/remediate.ts';
import type { GitHubApp } from '../../../src/flows/ports/github-app.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { githubTexts } from '../../../src/render/remediation/github-texts.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { aRemediationPlan } from '../../builders/a-remediation-plan.ts';
import type { CommandRefusal } from '../../../src/domain/command/command-outcome.ts';
import type { RollbackPlanning } from '../../../src/domain/playbook/rollback-planning.ts';
import type { RemediationWish } from '../../../src/domain/remediation/remediation-wish.ts';
import { keepWish } from '../../../src/flows/remediation/wishes.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { connected } from '../../github/connected.ts';
import type { Json } from '../../github/json.ts';
import type { GitHubServer } from '../../github/start-github.ts';

export const behavior = 'checkout-quality';
export const target = 'contracts/checkout.yaml';

type Pull = Json & { readonly number: number; readonly state: string };

/** The flow on a repository of its own of an emulated GitHub; drifts and plans are what the test says. */
export class EmulatedWorld {
  readonly github: GitHubServer;
  readonly ref: RepositoryRef;
  readonly clock: FakeClock = fakeClock(new Date(Date.now() + 1_000).toISOString());
  readonly store: Store;
  /** What drifted now, as a class of what was seen; null: nothing; undefined: it can not be told. */
  drifted: 'changed' | 'missing' | null | undefined = 'changed';
  confirmations = 2;
  /** Changes to and from a drift within this week, as scans count them. */
  flips = 1;
  baseBranch = 'main';
  mode: BehaviorDrift['mode'] = 'propose';
  heldBy: BehaviorDrift['heldBy'] = [];
  /** What mends it. */
  files: readonly Omit<PlannedFile, 'before'>[] = [{ path: target, text: 'version: 1\n', mode: '100644' }];
  /** What an issue tells; null: nothing. */
  issue: RemediationPlan['issue'] = null;
  /** What undoes it, and why wishes are not granted. */
  rollback: RollbackPlanning = { kind: 'no_playbook' };
  refusal: CommandRefusal | null = null;
  /** Called before each request of ours, with method and path: somebody else acts in between. */
  meanwhile: ((request: string) => Promise<void> | void) | null = null;
  readonly #app: GitHubApp;

  constructor(github: GitHubServer, ref: RepositoryRef) {
    this.github = github;
    this.ref = ref;
    this.#app = connected(github, { clock: this.clock, fetch: (input, init) => this.#fetchBehind(input, init) }).app;
    this.store = memoryStore({ clock: this.clock });
  }

  static async open(github: GitHubServer, name: string): Promise<EmulatedWorld> {
    return new EmulatedWorld(github, await github.createRepository(name, { files: { [target]: 'version: 2\n', 'README.md': 'x' } }));
  }

  fingerprint(observed?: string): Fingerprint {
    return fingerprintOf(this.#identity(observed));
  }

  #identity(observed: string = this.drifted ?? 'changed'): DriftIdentity {
    return { repositoryId: this.ref.id, baseRef: baseRefOf(this.baseBranch), detector: { id: 'behavior', version: '1' }, target, expected: digestOfValue('expected'), observed, playbook: { id: 'restore-contract', version: '1' } };
  }

  branch(generation = 1, observed?: string): string {
    return branchName(target, this.fingerprint(observed), generation);
  }

  async #fetchBehind(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    await this.meanwhile?.(`${init?.method ?? 'GET'} ${url.pathname}${typeof init?.body === 'string' && init.body.includes('"mutation') ? ' mutation' : ''}`);
    return fetch(input, init);
  }

  /** One job, perhaps with somebody's wish that it is proposed. What the queue would try again is the failure's code. */
  async look(isAsked = false): Promise<string> {
    if (isAsked) await this.wish({ kind: 'propose' });
    const sources = { driftNow: async () => this.#drift(), planFor: async () => ({ plan: this.plan(), refused: null }), rollbackFor: async () => this.rollback };
    try {
      await remediate({ store: this.store, github: this.#app, clock: this.clock, log: fakeLog(), sources, texts: githubTexts, refusalOfWish: async () => this.refusal }, { repository: this.ref, behavior }, { hold: async () => {} });
      return 'done';
    } catch (thrown) {
      if (thrown instanceof Failure) return thrown.code;
      throw thrown;
    }
  }

  /** Somebody's wish waits for the next job. */
  async wish(wish: RemediationWish, comment = 41): Promise<void> {
    await this.store.transaction((transaction) => keepWish(transaction, this.ref, { kind: 'remediation', key: `command/${comment}`, behavior, wish, askedBy: { login: 'dev', id: 12 }, asked: { pullRequest: 1, comment, at: this.clock.now().toISOString() } }));
  }

  /** Takes back what closes of the behaviour's remediations decided, as the command does. */
  async unsuppress(): Promise<void> {
    await this.store.transaction(async (transaction) => {
      for (const { fingerprint } of await transaction.remediationsOf(this.ref.id, behavior)) await transaction.unsuppress({ repositoryId: this.ref.id, fingerprint }, this.clock.now().toISOString());
    });
  }

  /** What the reply to a wish says now. */
  async told(comment = 41): Promise<string> {
    const pending = await this.store.transaction((transaction) => transaction.pendingEffects(this.ref.id, `command:${comment}`));
    return pending.flatMap(({ effect }) => (effect.kind === 'comment' ? [effect.body] : [])).join('\n');
  }

  plan(): RemediationPlan {
    const files = this.files.map((file) => ({ ...file, before: null }));
    return aRemediationPlan({ digest: planDigest(files, this.issue), files, issue: this.issue });
  }

  #drift(): BehaviorDrift {
    const { drifted, confirmations, mode, heldBy, baseBranch } = this;
    const seen = drifted === undefined ? { kind: 'inconclusive' as const } : drifted === null ? { kind: 'pass' as const, confirmations } : { kind: 'drift' as const, confirmations, identity: this.#identity(drifted), told: aKeptDrift({ flips: Array.from({ length: this.flips }, () => this.clock.now().toISOString()) }) };
    return { target, baseBranch, seen, mode, heldBy, verificationWindow: 3_600_000 };
  }

  /** A pull request of our App that the flow did not open. @returns Its number. */
  async openAsApp(branch: string, generation: number): Promise<number> {
    const [head, base] = [(await this.github.branchTip(this.ref, branch)) ?? '', (await this.github.branchTip(this.ref, 'main')) ?? ''];
    const text = bodyWithTrailer('Twin', { fingerprint: this.fingerprint(), plan: this.plan().digest, head, base, generation });
    const answer = await this.#app.remediation(this.ref).openPullRequest({ branch, base: 'main', title: 'Twin', text });
    return answer.kind === 'opened' ? answer.number : 0;
  }

  /** As GitHub does it: what is open into it goes to the new name. */
  async renameDefaultBranch(name: string, open: readonly number[]): Promise<void> {
    const { github, ref, baseBranch } = this;
    await github.pushTo(ref, name, (await github.branchTip(ref, baseBranch)) ?? '', { as: 'alice' });
    for (const number of open) await github.editPullRequest(ref, number, { base: name }, { as: 'alice' });
    await fetch(`${github.url}/repos/${ref.owner}/${ref.name}`, { method: 'PATCH', headers: { authorization: 'token token-of-alice', 'content-type': 'application/json' }, body: JSON.stringify({ default_branch: name }) });
    await github.deleteBranch(ref, baseBranch, { as: 'alice' });
    this.baseBranch = name;
  }

  /** All of ours, by number. */
  async pulls(): Promise<readonly Pull[]> {
    const answer = await fetch(`${this.github.url}/repos/${this.ref.owner}/${this.ref.name}/pulls?state=all`, { headers: { authorization: 'token token-of-alice' } });
    const all: Pull[] = JSON.parse(await answer.text());
    return all.toReversed();
  }

  async states(): Promise<readonly string[]> {
    return (await this.pulls()).map((one) => `#${one.number} ${one['merged'] === true ? 'merged' : one.state}`);
  }

  async text(branch: string, path = target): Promise<string | null> {
    const answer = await fetch(`${this.github.url}/repos/${this.ref.owner}/${this.ref.name}/contents/${path}?ref=${encodeURIComponent(branch)}`, { headers: { authorization: 'token token-of-alice' } });
    if (answer.status !== 200) return null;
    const body: { readonly content: string } = JSON.parse(await answer.text());
    return Buffer.from(body.content, 'base64').toString();
  }

  async said(observed?: string): Promise<Pick<LastSaid, 'row' | 'reason'> | null> {
    const all = await this.store.transaction((transaction) => transaction.remediationsOf(this.ref.id, behavior));
    const said = all.find(({ fingerprint }) => fingerprint === this.fingerprint(observed))?.said;
    return said === null || said === undefined ? null : { row: said.row, reason: said.reason };
  }

  /** Events of the log with their outcome, newest last. */
  async events(): Promise<readonly string[]> {
    const entries = await this.store.audit.entries(this.ref.account.id, 0, 1_000);
    return entries.map(({ leaf }) => JSON.parse(new TextDecoder().decode(leaf))).map(({ event, outcome }) => `${event.slice('remediation.'.length)} ${outcome}`);
  }

  /** Requests of ours that changed something, since the last count. */
  writes(): readonly string[] {
    const made = this.github.requests().filter(({ kind }) => kind === 'write' || kind === 'mutation').map(({ method, path, requestBody }) => `${method} ${path.split('/').slice(4).join('/')}${JSON.stringify(requestBody).match(/updateRefs|enablePullRequestAutoMerge/)?.[0] ?? ''}`);
    this.github.resetCounts();
    return made;
  }

  key(observed?: string): { readonly repositoryId: number; readonly fingerprint: Digest } {
    return { repositoryId: this.ref.id, fingerprint: this.fingerprint(observed) };
  }
}
