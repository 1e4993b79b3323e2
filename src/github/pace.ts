import { Failure } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import { wholeRemediation } from './call-cost.ts';
import type { CallCost } from './call-cost.ts';
import { TokenBucket } from './token-bucket.ts';
import type { Budget } from './token-bucket.ts';

/** How fast one installation may be called: GitHub's secondary limits. */
export interface PaceSettings {
  /** Requests under way at once, of GitHub's 100. */
  readonly concurrency: number;
  readonly budgets: Budgets;
  /** Longest wait inside one call, in milliseconds. More is the queue's business, not a lease's. */
  readonly patience: number;
}

export interface Budgets {
  /** A read is 1, a write 5. */
  readonly points: Budget;
  /** What people may be told of. */
  readonly content: Budget;
  readonly contentByHour: Budget;
  readonly pullRequests: Budget;
}

const minute = 60_000;
const hour = 60 * minute;

/** GitHub's limits for one installation, or all of them so many times higher, as on an Enterprise Server without them. */
export function budgetsFor(contentPerMinute: number): Budgets {
  const scaled = (most: number, burst: number, windowMs: number): Budget => ({ most: (most * contentPerMinute) / 80, burst: (burst * contentPerMinute) / 80, windowMs });
  return { points: scaled(900, 450, minute), content: scaled(80, 20, minute), contentByHour: scaled(500, 250, hour), pullRequests: scaled(150, 75, hour) };
}

export const defaultPace: PaceSettings = { concurrency: 10, budgets: budgetsFor(80), patience: 4_000 };

/** Milliseconds by which a timer may come early. */
const timerSlack = 20;

/** Keeps one installation within the limits: it waits a little or throws GITHUB_RATE_LIMITED, never sleeps long. */
export class Pace {
  readonly #settings: PaceSettings;
  readonly #clock: Clock;
  readonly #pause: (milliseconds: number) => Promise<void>;
  readonly #elapsed: () => number;
  readonly #waiting: (() => void)[] = [];
  readonly #buckets: { readonly [Name in keyof Budgets]: TokenBucket };
  #underWay = 0;
  #blockedUntil: Date | null = null;

  /** @param elapsed Milliseconds that never go back. */
  constructor(settings: PaceSettings, clock: Clock, pause: (milliseconds: number) => Promise<void>, elapsed: () => number = () => performance.now()) {
    this.#settings = settings;
    this.#clock = clock;
    this.#pause = pause;
    this.#elapsed = elapsed;
    const { points, content, contentByHour, pullRequests } = settings.budgets;
    this.#buckets = { points: new TokenBucket(points), content: new TokenBucket(content), contentByHour: new TokenBucket(contentByHour), pullRequests: new TokenBucket(pullRequests) };
  }

  /** Runs the call when there is room for it. */
  async run<Result>(cost: CallCost, call: () => Promise<Result>): Promise<Result> {
    await this.#awaitUnblocked();
    await this.#awaitBudgets(cost);
    await this.#enter();
    try {
      await this.#awaitUnblocked();
      return await call();
    } finally {
      this.#leave();
    }
  }

  /** No calls before this instant. */
  block(until: Date): void {
    if (this.#blockedUntil === null || until > this.#blockedUntil) this.#blockedUntil = until;
  }

  /** Whether one more pull request could be opened, with all that belongs to it, without waiting. Takes nothing. */
  hasRoomForPullRequest(): boolean {
    const now = this.#elapsed();
    const { points, content, pullRequests } = wholeRemediation;
    const { points: pointBucket, content: contentBucket, contentByHour, pullRequests: pullBucket } = this.#buckets;
    const waits = [pointBucket.waitFor(points, now), contentBucket.waitFor(content, now), contentByHour.waitFor(content, now), pullBucket.waitFor(pullRequests, now)];
    return waits.every((wait) => wait === 0) && (this.#blockedUntil === null || this.#clock.now() >= this.#blockedUntil);
  }

  /** A short block is waited out, a long one is the queue's business. */
  async #awaitUnblocked(): Promise<void> {
    const until = this.#blockedUntil;
    if (until === null) return;
    const left = until.getTime() - this.#clock.now().getTime();
    if (left > 0 && left <= this.#settings.patience) await this.#pause(left + timerSlack);
    if (this.#clock.now() < until) throw new Failure('GITHUB_RATE_LIMITED', 'Cannot call GitHub: its rate limit is used up, expected room for a request', { retryAt: until });
    if (this.#blockedUntil === until) this.#blockedUntil = null;
  }

  /** Takes from all budgets or from none. */
  async #awaitBudgets(cost: CallCost): Promise<void> {
    const now = this.#elapsed();
    const wanted = this.#wanted(cost);
    const wait = Math.max(...wanted.map(([bucket, amount]) => bucket.waitFor(amount, now)));
    if (wait > this.#settings.patience) {
      const retryAt = new Date(this.#clock.now().getTime() + wait);
      throw new Failure('GITHUB_RATE_LIMITED', 'Cannot call GitHub: our own budget for this installation is used up, expected room', { retryAt });
    }
    for (const [bucket, amount] of wanted) bucket.take(amount, now);
    if (wait > 0) await this.#pause(wait);
  }

  #wanted({ points, createsContent, opensPullRequest }: CallCost): readonly (readonly [TokenBucket, number])[] {
    const buckets = this.#buckets;
    const content = createsContent ? [[buckets.content, 1] as const, [buckets.contentByHour, 1] as const] : [];
    return [[buckets.points, points], ...content, ...(opensPullRequest ? [[buckets.pullRequests, 1] as const] : [])];
  }

  async #enter(): Promise<void> {
    if (this.#underWay < this.#settings.concurrency) {
      this.#underWay += 1;
      return;
    }
    // Whoever leaves hands its place over, so that the count does not change.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#underWay -= 1;
    else next();
  }
}
