import { pullRequestSubject } from '../domain/subject.ts';
import type { BundleQuestion } from './bundle.ts';
import type { ReadEntry } from './read-entry.ts';

/** Tells of entries, in their order, whether they belong to a bundle. It needs only those that do: who verifies one asks the same again. */
export class BundleSelection {
  readonly #asked: BundleQuestion;
  /** What selected entries link to: evaluations and effects, that other entries tell what became of. */
  readonly #linked = new Set<string>();

  constructor(asked: BundleQuestion) {
    this.#asked = asked;
  }

  /** `answer`: it is asked for. `key`: it says which key follows which, which who verifies needs. Null: it does not belong there. */
  takes(entry: ReadEntry): 'answer' | 'key' | null {
    if (this.#answers(entry)) return 'answer';
    return entry.event === 'key.rotated' ? 'key' : null;
  }

  #answers(entry: ReadEntry): boolean {
    const asked = this.#asked;
    switch (asked.kind) {
      case 'pull-request':
        return entry.repository?.id === asked.repository.id && this.#follows(entry, pullRequestSubject(asked.number));
      case 'period':
        return entry.time >= asked.from && entry.time < asked.to;
      case 'contract':
        return entry.subject === `contract:${asked.id}` || entry.subject.startsWith(`contract:${asked.id}@`);
    }
  }

  #follows({ subject, links }: ReadEntry, pullRequest: string): boolean {
    const own = links.filter((link) => !isShared(link));
    if (subject !== pullRequest && !own.some((link) => this.#linked.has(link))) return false;
    for (const link of own) this.#linked.add(link);
    return true;
  }
}

/** Commits, contents and why something was not kept belong to many pull requests. */
function isShared(link: string): boolean {
  return link.startsWith('commit:') || link.startsWith('snapshot:') || link.startsWith('unreplayable:');
}
