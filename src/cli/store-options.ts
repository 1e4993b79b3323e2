import { InvalidArgumentError, Option } from 'commander';

/** What commands on a store have in common. */
export const storeNote = '\nThe store is the one that DATABASE_URL, or DATA_DIR without it, names.';

export const accountOption = (): Option => new Option('--account <id>', 'the GitHub account, by number, of a log in the store; the only one there is when left out').argParser(wholeNumber);

export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number.');
}
