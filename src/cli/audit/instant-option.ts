import { Failure } from '../../domain/failure.ts';
import { instantOf } from '../../domain/instant.ts';

/** The instant that an option names. @throws Failure USAGE. */
export function instantOption(option: string, text: string | null): Date {
  const instant = text === null ? null : instantOf(text);
  if (instant !== null) return new Date(instant);
  throw new Failure('USAGE', `Cannot read ${option}: found ${text === null ? 'nothing' : JSON.stringify(text.slice(0, 80))}, expected a day such as 2027-01-31, or an instant with its zone such as 2027-01-31T12:00:00Z.`);
}
