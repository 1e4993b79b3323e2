import { createHmac, randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import type { Draw, Hostility } from './hostile.ts';

/** One attempt to deliver, as `/app/hook/deliveries` lists it. */
export interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Json;
  readonly redelivery: boolean;
  readonly deliveredAt: string;
  readonly statusCode: number;
  readonly status: string;
  readonly duration: number;
}

interface Pending {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Json;
  readonly redelivery: boolean;
}

/** Delivers webhooks in order, signed, one attempt each, as GitHub does: who fails is not asked again. */
export class WebhookQueue {
  readonly attempts: Attempt[] = [];
  readonly #secret: string;
  readonly #now: () => Date;
  readonly #pending: Pending[] = [];
  #url: string | null;
  #running: Promise<void> | null = null;
  #hostility: Hostility | null = null;
  #draw: Draw = () => 1;
  #stopped = new AbortController();

  constructor(options: { readonly url: string | null; readonly secret: string; readonly now: () => Date }) {
    this.#url = options.url;
    this.#secret = options.secret;
    this.#now = options.now;
  }

  /** Where to deliver from now on; null: events are not delivered and not listed. */
  deliverTo(url: string | null): void {
    this.#url = url;
  }

  beHostile(hostility: Hostility | null, draw: Draw): void {
    this.#hostility = hostility;
    this.#draw = draw;
  }

  push(event: string, action: string | null, payload: Json, again?: Attempt): void {
    if (this.#url === null) return;
    const pending: Pending = { guid: again?.guid ?? randomUUID(), event, action, payload, redelivery: again !== undefined };
    const late = this.#draw() < (this.#hostility?.reorderDeliveries ?? 0) && this.#pending.length > 0;
    if (late) this.#pending.splice(this.#pending.length - 1, 0, pending);
    else this.#pending.push(pending);
    if (this.#draw() < (this.#hostility?.duplicateDeliveries ?? 0)) this.#pending.push(pending);
    this.#running ??= this.#run();
  }

  redeliver(id: number): boolean {
    const attempt = this.attempts.find((one) => one.id === id);
    if (attempt !== undefined) this.push(attempt.event, attempt.action, attempt.payload, attempt);
    return attempt !== undefined;
  }

  /** Resolves when everything pushed so far was attempted. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async stop(): Promise<void> {
    this.#pending.length = 0;
    this.#stopped.abort();
    await this.settled();
  }

  async #run(): Promise<void> {
    // Lets a burst of events pile up first, so that reordering has something to work on.
    await Promise.resolve();
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      if (this.#url !== null) this.attempts.push(await this.#attempt(this.#url, next));
    }
    this.#running = null;
  }

  async #attempt(url: string, pending: Pending): Promise<Attempt> {
    const body = JSON.stringify(pending.payload);
    const started = performance.now();
    const statusCode = await this.#post(url, pending, body);
    const status = statusCode >= 200 && statusCode < 300 ? 'OK' : statusCode === 0 ? 'failed to connect to host' : `Invalid HTTP Response: ${statusCode}`;
    const { guid, event, action, payload, redelivery } = pending;
    return { id: 700_000 + this.attempts.length, guid, event, action, payload, redelivery, deliveredAt: this.#now().toISOString(), statusCode, status, duration: (performance.now() - started) / 1000 };
  }

  async #post(url: string, pending: Pending, body: string): Promise<number> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: headersOf(pending, body, this.#secret),
        body,
        signal: AbortSignal.any([AbortSignal.timeout(10_000), this.#stopped.signal]),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}

function headersOf(pending: Pending, body: string, secret: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/emulated',
    'x-github-event': pending.event,
    'x-github-delivery': pending.guid,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}
