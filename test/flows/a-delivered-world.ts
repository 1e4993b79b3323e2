import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { DecisionRecord } from '../../src/flows/ports/decision-store.ts';
import type { PullRequestFacts } from '../../src/flows/ports/pull-request-facts.ts';
import { receiveDelivery } from '../../src/flows/receive-delivery.ts';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import type { PolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import { aWorld } from './a-world.ts';
import { entriesOf } from './pushed-world.ts';

const corpus: readonly { readonly name: string; readonly examples: readonly JsonObject[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json');

/** What GitHub itself shows as an example of an event. */
function example(event: string, action: string): JsonObject {
  const found = corpus.find(({ name }) => name === event)?.examples.find((one) => one['action'] === action);
  assert.ok(found, `an example of ${event}.${action}`);
  return found;
}

const examples = { opened: example('pull_request', 'opened'), reopened: example('pull_request', 'reopened'), synchronize: example('pull_request', 'synchronize'), created: example('issue_comment', 'created'), group: example('merge_group', 'checks_requested'), ended: example('check_run', 'completed') };

/** Ours. */
const appId = 4711;

function inside(value: unknown): JsonObject {
  assert.ok(typeof value === 'object' && value !== null);
  return { ...value };
}

/** People by login; each keeps one id everywhere. */
export function someone(login: string) {
  const id = 1_000 + Buffer.from(login).reduce((sum, letter) => (sum * 31 + letter) % 1_000_003, 7);
  return { login, id, type: login.endsWith('[bot]') ? 'Bot' : 'User' } as const;
}

/** A world with every gate, in which things happen on GitHub and Plumbline hears of them by deliveries alone. @param policies Left out: only the built-in ones can be asked. @param gates Left out: all. */
export function aDeliveredWorld(repository: Partial<RepositoryRef> = {}, policies?: PolicyEngine, gates = requiredGates) {
  const world = aWorld(repository, gates, policies);
  const { github, clock, store, log } = world;
  const { ref } = github;
  const owner = { login: ref.owner, id: ref.account.id, type: ref.account.kind === 'organization' ? 'Organization' : 'User' };
  let happened = 0;

  function delivery(event: string, payload: JsonObject): VerifiedDelivery {
    happened += 1;
    const whole = { ...payload, repository: { ...inside(payload['repository']), id: ref.id, name: ref.name, full_name: `${ref.owner}/${ref.name}`, owner }, installation: { id: ref.installationId } };
    return { guid: `delivery-${happened}`, event, body: Buffer.from(JSON.stringify(whole)), payload: whole };
  }

  function arrival(action: 'opened' | 'reopened' | 'synchronize', { number, head }: PullRequestFacts, login: string, before: string | null = null): VerifiedDelivery {
    const shown = examples[action];
    const pull = inside(shown['pull_request']);
    return delivery('pull_request', { ...shown, number, ...(before === null ? {} : { before, after: head }), sender: someone(login), pull_request: { ...pull, number, updated_at: clock.now().toISOString(), head: { ...inside(pull['head']), sha: head } } });
  }

  function commitAs(branch: string, number: number, login: string, files: Readonly<Record<string, string | null>>): string {
    const sha = github.commit(branch, files);
    github.people.set(number, [...(github.people.get(number) ?? []), { sha, people: [someone(login)] }]);
    return sha;
  }

  return {
    ...world,
    /** Somebody opens a pull request with these files. */
    opens(number: number, login: string, files: Readonly<Record<string, string | null>>, overrides: Partial<PullRequestFacts> = {}): VerifiedDelivery {
      github.branch(`topic-${number}`, 'main');
      commitAs(`topic-${number}`, number, login, files);
      return arrival('opened', github.openPull(number, `topic-${number}`, { author: login, authorId: someone(login).id, ...overrides }), login);
    },
    pushes(number: number, login: string, files: Readonly<Record<string, string | null>>, committer = login): VerifiedDelivery {
      const branch = github.heads.get(number) ?? '';
      const facts = github.pulls.get(number);
      assert.ok(facts);
      clock.advance(1_000);
      return arrival('synchronize', github.openPull(number, branch, { ...facts, head: commitAs(branch, number, committer, files) }), login, facts.head);
    },
    /** Somebody writes another text for a pull request. */
    writes(number: number, login: string, body: string): VerifiedDelivery {
      const from = github.bodies.get(number) ?? null;
      github.bodies.set(number, body);
      clock.advance(1_000);
      const shown = examples.opened;
      return delivery('pull_request', { ...shown, action: 'edited', number, changes: { body: { from } }, sender: someone(login), pull_request: { ...inside(shown['pull_request']), number, body } });
    },
    /** Somebody closes a pull request and opens it again. */
    reopens(number: number, login: string): VerifiedDelivery {
      const facts = github.pulls.get(number);
      assert.ok(facts);
      clock.advance(1_000);
      return arrival('reopened', facts, login);
    },
    /** @param by Whose account it is: another one than always where somebody was renamed, or has the login of somebody who was. */
    comments(number: number, login: string, body: string, by = someone(login).id): VerifiedDelivery {
      clock.advance(1_000);
      const [id, author, createdAt] = [5_000 + github.written.size, { ...someone(login), id: by }, clock.now().toISOString()];
      github.written.set(id, { id, issue: number, body, author, isByApp: false, createdAt, isEdited: false });
      const shown = examples.created;
      return delivery('issue_comment', { ...shown, sender: author, issue: { ...inside(shown['issue']), number, pull_request: {} }, comment: { ...inside(shown['comment']), id, body, user: author, created_at: createdAt } });
    },
    /** Something happens to a team of the organisation, of which GitHub tells no person. */
    teamIs(action: 'deleted' | 'edited', changes: JsonObject = {}): VerifiedDelivery {
      happened += 1;
      const payload = { ...example('team', action), changes, organization: { id: ref.account.id, login: ref.account.login }, installation: { id: ref.installationId } };
      return { guid: `delivery-${happened}`, event: 'team', body: Buffer.from(JSON.stringify(payload)), payload };
    },
    /** A check run of an App has ended, of which GitHub says the same when it is asked. */
    endsRun(id: number, head: string, conclusion: string, app = { id: 15_368, slug: 'ci' }): VerifiedDelivery {
      github.runs.set(id, { kind: 'found', run: { head, name: 'tests', status: 'completed', conclusion, app: { slug: app.slug, isOwn: app.id === appId } } });
      const shown = examples.ended;
      return delivery('check_run', { ...shown, check_run: { ...inside(shown['check_run']), id, head_sha: head, status: 'completed', conclusion, app: { ...inside(inside(shown['check_run'])['app']), ...app } } });
    },
    /** The queue puts these pull requests on its base, one after the other, squashed; files by pull request. */
    queues(files: Readonly<Record<number, Readonly<Record<string, string>>>>): VerifiedDelivery {
      const base = github.branches.get('main') ?? '';
      github.branch('queue', 'main');
      const queued = Object.entries(files).map(([number, changes]) => ({ number: Number(number), base: github.branches.get('queue') ?? '', head: github.commit('queue', changes) }));
      github.queues.set('main', queued);
      const shown = examples.group;
      const group = { head_sha: queued.at(-1)?.head ?? '', head_ref: `refs/heads/gh-readonly-queue/main/pr-${queued.at(-1)?.number}-${base}`, base_sha: base, base_ref: 'refs/heads/main' };
      return delivery('merge_group', { ...shown, merge_group: { ...inside(shown['merge_group']), ...group } });
    },
    async receive(...deliveries: readonly VerifiedDelivery[]): Promise<void> {
      for (const one of deliveries) await receiveDelivery({ store, clock, log, appId }, one);
    },
    headOf: (number: number): string => github.pulls.get(number)?.head ?? '',
    conclusionOf: (number: number, name = 'plumbline'): string | null | undefined => github.check(name, github.pulls.get(number)?.head ?? '')?.state.conclusion,
    decisionOn: (number: number): Promise<DecisionRecord | null> => store.transaction((transaction) => transaction.newestDecision(ref.id, `pull-request:${number}`)),
    entries: (): Promise<readonly AuditEntry[]> => entriesOf(world),
    votes: (number: number) => store.transaction((transaction) => transaction.voteRecords(ref.id, number)),
  };
}
