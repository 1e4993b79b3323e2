import type { Violation } from '../configuration/describe-violation.ts';

/** What is wrong at a JSON pointer of a behaviour. */
export function objection(pointer: string, found: string, expected: string): Violation {
  const key = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  return { pointer, message: `Cannot use \`${key}\`: found ${found}, expected ${expected}.`, expected, found, next: `Correct \`${key}\`.` };
}
