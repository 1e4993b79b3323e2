import { Failure } from '../domain/failure.ts';
import type { Clock } from '../flows/ports.ts';

/** How fast one installation may be called. GitHub's secondary limits are about concurrency and writes a minute. */
export interface PaceSettings {
  /** Requests under way at once, of GitHub's 100. */
  readonly concurrency: number;
  /** Writes at once after a quiet time. */
  readonly burst: number;
  /** Writes a minute over a longer time: GitHub stops content creation at about 80. */
  readonly writesPerMinute: number;
  /** Longest wait inside one call, in milliseconds. More is the queue's business, not a lease's. */
  readonly patience: number;
}

export const defaultPace: PaceSettings = { concurrency: 10, burst: 20, writesPerMinute: 80, patience: 4_000 };

/** Milliseconds by which a timer may come early. */
const timerSlack = 20;

/** Keeps one installation within the limits: it waits a little or throws GITHUB_RATE_LIMITED, never sleeps long. */
export class Pace {
  readonly #settings: PaceSettings;
  readonly #clock: Clock;
  readonly #pause: (milliseconds: number) => Promise<void>;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #blockedUntil: Date | null = null;
  /** Monotonic milliseconds at which the bucket of writes is full again. */
  #fullAt = 0;

  constructor(settings: PaceSettings, clock: Clock, pause: (milliseconds: number) => Promise<void>) {
    this.#settings = settings;
    this.#clock = clock;
    this.#pause = pause;
  }

  /** Runs the call when there is room for it. */
  async run<Result>(kind: 'read' | 'write', call: () => Promise<Result>): Promise<Result> {
    await this.#awaitUnblocked();
    if (kind === 'write') await this.#awaitWrite();
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

  /** A short block is waited out, a long one is the queue's business. */
  async #awaitUnblocked(): Promise<void> {
    const until = this.#blockedUntil;
    if (until === null) return;
    const left = until.getTime() - this.#clock.now().getTime();
    if (left > 0 && left <= this.#settings.patience) await this.#pause(left + timerSlack);
    if (this.#clock.now() < until) throw new Failure('GITHUB_RATE_LIMITED', 'Cannot call GitHub: its rate limit is used up, expected room for a request', { retryAt: until });
    if (this.#blockedUntil === until) this.#blockedUntil = null;
  }

  async #awaitWrite(): Promise<void> {
    const cost = 60_000 / this.#settings.writesPerMinute;
    const now = performance.now();
    const fullAt = Math.max(this.#fullAt, now) + cost;
    const wait = fullAt - now - cost * this.#settings.burst;
    if (wait > this.#settings.patience) {
      const retryAt = new Date(this.#clock.now().getTime() + wait);
      throw new Failure('GITHUB_RATE_LIMITED', `Cannot write to GitHub: our own limit of ${this.#settings.writesPerMinute} writes a minute is used up, expected room`, { retryAt });
    }
    this.#fullAt = fullAt;
    if (wait > 0) await this.#pause(wait);
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
