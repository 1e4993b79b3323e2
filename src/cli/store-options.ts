import { InvalidArgumentError, Option } from 'commander';

/** Where the logs are: the store that the server's settings name. */
export const storeNote = '\nThe store is the one that DATABASE_URL, or DATA_DIR without it, names.';

export function accountOption(): Option {
  return new Option('--account <id>', 'the GitHub account, by number, of a log in the store; the only one there is when left out').argParser(wholeNumber);
}

export function formatOption(): Option {
  return new Option('--format <format>', 'how to show it').choices(['pretty', 'json']).default('pretty');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number.');
}
