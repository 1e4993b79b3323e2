import { Failure } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { Log } from '../flows/ports/log.ts';
import type { AppKey } from './app-key.ts';
import { signAppToken } from './app-token.ts';
import { textAt } from './answer.ts';
import { backOff, mostTries } from './back-off.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker } from './breaker.ts';
import { costOf } from './call-cost.ts';
import { blockedUntil, failureIn } from './classify.ts';
import type { CallKind } from './classify.ts';
import { dataOf } from './graphql.ts';
import type { IsAside } from './graphql.ts';
import type { Outcome, Wire } from './octokit.ts';
import { Pace } from './pace.ts';
import type { PaceSettings } from './pace.ts';
import { appScope } from './scope.ts';
import type { Scope } from './scope.ts';

export type Answer = Extract<Outcome, { kind: 'answered' }>;

export interface ConnectionOptions {
  readonly wire: Wire;
  readonly graphqlUrl: string;
  readonly appId: number;
  readonly key: AppKey;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: PaceSettings;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  readonly timeout: number;
  /** From 0 to 1; spreads repetitions. */
  readonly random: () => number;
}

interface Call {
  readonly kind: CallKind;
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly awaitsRedirect?: boolean;
}

/** How long a refused token is not asked for again. */
const refusalMs = 20_000;

/** Calls to GitHub: within the budgets of each installation, left alone while it is down, timed out, retried where that is safe, failures classified. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #lanes = new Map<number | 'app', Lane>();
  readonly #tokens = new Map<string, Promise<MintedToken>>();
  /** Scopes for which GitHub gives no token, and until when that is not asked again. */
  readonly #refusals = new Map<string, { readonly failure: Failure; readonly until: Date }>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** A GET. Retried. */
  read(scope: Scope, route: string, parameters: Call['parameters'] = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#perform(scope, { kind: 'read', route: `GET ${route}`, parameters, headers });
  }

  /** Where a GET would send us. The address may carry what opens it: it is never logged. Retried. */
  async locate(scope: Scope, route: string, parameters: Call['parameters']): Promise<URL> {
    const { status, headers } = await this.#perform(scope, { kind: 'read', route: `GET ${route}`, parameters, awaitsRedirect: true });
    const location = status === 302 ? URL.parse(String(headers['location'] ?? '')) : null;
    if (location === null) throw new Failure('GITHUB_UNAVAILABLE', `Cannot call GET ${route}: GitHub answered ${status} without an address, expected a redirect`);
    return location;
  }

  /** A GraphQL query: its `data`. NOT_FOUND errors leave null at their path, all others throw. Retried. */
  async query(scope: Scope, query: string, variables: Readonly<Record<string, unknown>>, isAside?: IsAside): Promise<unknown> {
    const answer = await this.#perform(scope, { kind: 'read', route: `POST ${this.#options.graphqlUrl}`, parameters: { query, variables } });
    return dataOf(answer.body, this.#options.clock.now(), isAside);
  }

  /** A GraphQL mutation that makes something new: the whole answer, errors and all. Never retried; doubt is GITHUB_AMBIGUOUS. */
  async mutate(scope: Scope, mutation: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const answer = await this.#perform(scope, { kind: 'create', route: `POST ${this.#options.graphqlUrl}`, parameters: { query: mutation, variables } });
    return answer.body;
  }

  /** Sets a state: performing it twice is performing it once. Retried. */
  write(scope: Scope, route: string, parameters: Call['parameters']): Promise<Answer> {
    return this.#perform(scope, { kind: 'write', route, parameters });
  }

  /** Makes something new. Never retried: after doubt it throws GITHUB_AMBIGUOUS and the caller reads. */
  create(scope: Scope, route: string, parameters: Call['parameters']): Promise<Answer> {
    return this.#perform(scope, { kind: 'create', route, parameters });
  }

  async #perform(scope: Scope, call: Call): Promise<Answer> {
    for (let attempt = 0, renewed = false; ; ) {
      const outcome = await this.#attempt(scope, call);
      const failure = failureIn(outcome, call, this.#options.clock.now());
      if (failure === null && outcome.kind === 'answered') return outcome;
      // A revoked token, or one that GitHub's replicas do not know yet. Nothing was performed.
      if (isUnauthorized(outcome) && scope.kind === 'installation' && !renewed) {
        renewed = true;
        this.#tokens.delete(keyOf(scope));
        continue;
      }
      // The App's key was replaced, perhaps, and where it is kept has the new one.
      if (isUnauthorized(outcome) && scope.kind === 'app' && !renewed) {
        renewed = true;
        if (await this.#options.key.renew()) continue;
      }
      const pause = failure === null ? null : this.#pauseBefore(attempt, call.kind, failure);
      if (failure === null || pause === null) throw failure ?? new Failure('GITHUB_UNAVAILABLE', `Cannot call ${call.route}: no answer, expected one`);
      this.#options.log.warn('a call to GitHub failed and is repeated', { route: call.route, code: failure.code, attempt: attempt + 1 });
      attempt += 1;
      await this.#options.pause(pause);
    }
  }

  async #attempt(scope: Scope, call: Call): Promise<Outcome> {
    const authorization = await this.#authorization(scope);
    const { pace, breaker } = this.#laneOf(scope);
    const outcome = await pace.run(costOf(call), () => breaker(() => this.#options.wire.send({ ...call, authorization, timeout: this.#options.timeout })));
    const until = blockedUntil(outcome, this.#options.clock.now());
    if (until !== null) pace.block(until);
    return outcome;
  }

  /** Null: not to be repeated here. A long wait is the queue's business. */
  #pauseBefore(attempt: number, kind: CallKind, failure: Failure): number | null {
    if (attempt + 1 >= mostTries || kind === 'create') return null;
    if (failure.code !== 'GITHUB_UNAVAILABLE' && failure.code !== 'GITHUB_RATE_LIMITED') return null;
    const pause = backOff(attempt + 1, this.#options.random());
    const named = failure.retryAt === undefined ? 0 : failure.retryAt.getTime() - this.#options.clock.now().getTime() + 20;
    const wait = Math.max(pause, named);
    return wait <= this.#options.pace.patience ? wait : null;
  }

  async #authorization(scope: Scope): Promise<string> {
    const { appId, key, clock } = this.#options;
    if (scope.kind === 'app') return `bearer ${signAppToken(appId, await key.current(), clock.now())}`;
    const known = this.#tokens.get(keyOf(scope));
    const token = await known?.catch(() => null);
    if (token !== null && token !== undefined && token.renewAt > clock.now()) return `token ${token.token}`;
    const refusal = this.#refusals.get(keyOf(scope));
    if (refusal !== undefined && refusal.until > clock.now()) throw refusal.failure;
    return `token ${(await this.#mintOnce(scope, known)).token}`;
  }

  /** Callers that found the same token stale share one request. */
  #mintOnce(scope: InstallationScope, stale: Promise<MintedToken> | undefined): Promise<MintedToken> {
    const name = keyOf(scope);
    const current = this.#tokens.get(name);
    if (current !== undefined && current !== stale) return current;
    const minting = this.#mint(scope);
    this.#tokens.delete(name);
    this.#tokens.set(name, minting);
    minting.catch((thrown: unknown) => {
      if (this.#tokens.get(name) === minting) this.#tokens.delete(name);
      this.#rememberRefusal(scope, thrown);
    });
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= mostTokens) break;
      this.#tokens.delete(oldest);
    }
    return minting;
  }

  /**
   * An installation without `.github` is asked for it, by name, at every judgement: a few times a minute is enough. For the
   * repository that is judged nothing is remembered: it may have been given to the App a second ago.
   */
  #rememberRefusal(scope: InstallationScope, thrown: unknown): void {
    const isByName = scope.repositories !== null && 'names' in scope.repositories;
    if (!isByName || !(thrown instanceof Failure) || thrown.code !== 'GITHUB_REFUSED') return;
    if (this.#refusals.size >= mostTokens) this.#refusals.clear();
    this.#refusals.set(keyOf(scope), { failure: thrown, until: new Date(this.#options.clock.now().getTime() + refusalMs) });
  }

  async #mint(scope: InstallationScope): Promise<MintedToken> {
    const { repositories } = scope;
    const limited = repositories === null ? {} : 'ids' in repositories ? { repository_ids: repositories.ids } : { repositories: repositories.names };
    // A second token does no harm: minting may be repeated.
    const answer = await this.write(appScope, 'POST /app/installations/{installation_id}/access_tokens', {
      installation_id: scope.installationId,
      permissions: scope.permissions,
      ...limited,
    });
    const expiry = Date.parse(textAt(answer.body, ['expires_at']));
    if (Number.isNaN(expiry)) throw new Failure('GITHUB_UNAVAILABLE', 'Cannot mint an installation token: no expiry in the answer, expected an instant');
    return { token: textAt(answer.body, ['token']), renewAt: new Date(expiry - 5 * 60_000) };
  }

  /** Whether the installation has room for one more pull request and all that belongs to it. */
  hasRoomForPullRequest(scope: Scope): boolean {
    return this.#laneOf(scope).pace.hasRoomForPullRequest();
  }

  #laneOf(scope: Scope): Lane {
    const { pace: settings, clock, pause, elapsed } = this.#options;
    const key = scope.kind === 'app' ? 'app' : scope.installationId;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const { points } = settings.budgets;
    // Minting is the App's, for all installations at once.
    const own = key === 'app' ? { ...settings, budgets: { ...settings.budgets, points: { ...points, most: points.most * 5, burst: points.burst * 5 } } } : settings;
    const lane = { pace: new Pace(own, clock, pause, elapsed), breaker: createBreaker(clock) };
    this.#lanes.set(key, lane);
    return lane;
  }
}

/** What one installation is called through. */
interface Lane {
  readonly pace: Pace;
  readonly breaker: Breaker;
}

/** Tokens kept at once; the oldest goes first. */
const mostTokens = 5_000;

type InstallationScope = Extract<Scope, { kind: 'installation' }>;

interface MintedToken {
  readonly token: string;
  readonly renewAt: Date;
}

function isUnauthorized(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 401;
}

function keyOf(scope: InstallationScope): string {
  return JSON.stringify([scope.installationId, scope.repositories, scope.permissions]);
}
