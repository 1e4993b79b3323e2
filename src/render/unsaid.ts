import type { Finding } from '../domain/finding.ts';

/** What was found and expected, each null where there is none or the message says it already. */
export function unsaid({ message, found, expected }: Finding): Pick<Finding, 'found' | 'expected'> {
  return { found: unlessIn(message, found), expected: unlessIn(message, expected) };
}

function unlessIn(message: string, value: string | null): string | null {
  return value === null || value === '' || message.includes(value) ? null : value;
}
