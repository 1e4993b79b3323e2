import type { FindingInput } from '../../domain/finding.ts';
import { eachOnce } from '../../domain/people/untold.ts';
import type { Untold } from '../../domain/people/untold.ts';
import { namesInWords } from './names-in-words.ts';

/** What could not be told about people, in words: what somebody has to mend before what passes. */
export function untoldWords(untold: readonly [Untold, ...Untold[]]): Pick<Required<FindingInput>, 'expected' | 'found' | 'next'> {
  const all = eachOnce(untold);
  const unseen = [...new Set(all.flatMap((one) => one.unseen ?? []))];
  const first = all.find((one) => one.unseen !== null) ?? untold[0];
  return {
    expected: 'an answer of GitHub',
    found: `${first.why}${all.length === 1 ? '' : `; and ${all.length - 1} more`}`,
    next: unseen.length === 0 ? 'Wait for the next attempt.' : `Name another team in place of ${namesInWords(unseen)} in the configuration: GitHub shows no such team, and waiting does not change that.`,
  };
}
