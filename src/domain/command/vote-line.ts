import type { Sha } from '../tree.ts';
import type { VoteWord } from './command.ts';

/** The line that a person types to say something about what is held at a head; for `reject` a reason follows. */
export function voteLine(word: VoteWord, scope: string, head: Sha): string {
  return `/plumbline ${word} ${scope} ${head.slice(0, 12)}`;
}
