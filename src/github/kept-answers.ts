import type { Answer } from './connection.ts';

/** Answers kept in memory; the oldest goes first. */
const mostKept = 20_000;

/** What was read with which ETag. GitHub does not count a conditional request that finds nothing new. */
export class KeptAnswers {
  readonly #kept = new Map<string, { readonly etag: string; readonly value: string }>();

  /** Reads one text of an answer, again only when it changed. `key` names repository and resource. */
  async read(key: string, ask: (headers: Record<string, string>) => Promise<Answer>, take: (body: unknown) => string): Promise<string> {
    const known = this.#kept.get(key);
    const answer = await ask(known === undefined ? {} : { 'if-none-match': known.etag });
    if (answer.status === 304 && known !== undefined) return known.value;
    const value = take(answer.body);
    this.#kept.delete(key);
    const etag = answer.headers['etag'];
    if (typeof etag === 'string') this.#kept.set(key, { etag, value });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return value;
  }
}
