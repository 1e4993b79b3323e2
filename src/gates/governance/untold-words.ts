import type { FindingInput } from '../../domain/finding.ts';
import { eachOnce } from '../../domain/people/untold.ts';
import type { Untold } from '../../domain/people/untold.ts';
import { namesInWords } from './names-in-words.ts';

/** What could not be told about people, in words: what somebody has to mend before what passes. */
export function untoldWords(untold: readonly [Untold, ...Untold[]]): Pick<Required<FindingInput>, 'expected' | 'found' | 'next'> {
  const all = eachOnce(untold);
  const unseen = [...new Set(all.flatMap((one) => (one.kind === 'unseen' ? one.team : [])))];
  const lost = all.find((one) => one.kind === 'lost');
  const first = all.find(({ kind }) => kind === 'unseen') ?? lost ?? untold[0];
  return {
    expected: 'an answer of GitHub',
    found: `${first.why}${all.length === 1 ? '' : `; and ${all.length - 1} more`}`,
    next: unseen.length > 0 ? `Name another team in place of ${namesInWords(unseen)} in the configuration: GitHub shows no such team, and waiting does not change that.` : lost === undefined ? 'Wait for the next attempt.' : nextForLost(lost),
  };
}

/** Somebody's no stands while it is not known to have been none of theirs whose word counts. */
function nextForLost({ login, named }: Extract<Untold, { readonly kind: 'lost' }>): string {
  if (named === null) return `Change what ${login} rejected: waiting does not change that.`;
  return `Name ${login} in place of ${named} in the configuration, or change what they rejected: waiting does not change that.`;
}
