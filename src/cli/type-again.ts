import { quotedWord } from '../domain/shell-word.ts';
import type { Terminal } from './terminal.ts';

/** The command that was typed, with one more option. */
export function typeAgain({ words }: Pick<Terminal, 'words'>, option: string): string {
  const shown = words.map((word) => quotedWord(word));
  // What follows two dashes is no option.
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return ['plumbline', ...shown.slice(0, end), option, ...shown.slice(end)].join(' ');
}
