import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { textAt } from './answer.ts';
import type { Answer } from './connection.ts';

/** Answers kept in memory; the oldest goes first. */
const mostKept = 20_000;

interface KeptAnswer {
  readonly etag: string;
  readonly value: string;
}

/** What an answer was read of. */
export interface KeptResource {
  readonly accountId: number;
  /** Names repository and resource. */
  readonly key: string;
}

/** What was read with which ETag, in memory and beneath it in the cache, which a restart and other replicas share. GitHub does not count a conditional request that finds nothing new. */
export class KeptAnswers {
  readonly #cache: Pick<ObjectCache, 'find' | 'keep'>;
  readonly #kept = new Map<string, KeptAnswer>();

  constructor(cache: Pick<ObjectCache, 'find' | 'keep'>) {
    this.#cache = cache;
  }

  /** Reads one text of an answer, again only when it changed. */
  async read(resource: KeptResource, ask: (headers: Record<string, string>) => Promise<Answer>, take: (body: unknown) => string): Promise<string> {
    const { accountId, key } = resource;
    const known = this.#kept.get(key) ?? (await this.#findKept(resource));
    const answer = await ask(known === null ? {} : { 'if-none-match': known.etag });
    if (answer.status === 304 && known !== null) {
      this.#remember(key, known);
      return known.value;
    }
    const value = take(answer.body);
    const etag = answer.headers['etag'];
    this.#kept.delete(key);
    if (typeof etag === 'string') {
      this.#remember(key, { etag, value });
      await this.#cache.keep(accountId, cacheKeyOf(key), JSON.stringify({ etag, value }));
    }
    return value;
  }

  async #findKept({ accountId, key }: KeptResource): Promise<KeptAnswer | null> {
    const text = await this.#cache.find(accountId, cacheKeyOf(key));
    return text === null ? null : parseKept(text);
  }

  #remember(key: string, answer: KeptAnswer): void {
    this.#kept.set(key, answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
  }
}

function cacheKeyOf(key: string): string {
  return `answer:${key}`;
}

/** Null for what does not read as a kept answer: losing the cache costs a call. */
function parseKept(text: string): KeptAnswer | null {
  try {
    const kept: unknown = JSON.parse(text);
    return { etag: textAt(kept, ['etag']), value: textAt(kept, ['value']) };
  } catch {
    return null;
  }
}
