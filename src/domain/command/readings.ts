import type { Command, Misreading, Reading } from './command.ts';
import type { CommandWord } from './command-word.ts';

export function read(command: Command): Reading {
  return { kind: 'command', command };
}

export function misread(misreading: Misreading): Reading {
  return { kind: 'misread', misreading };
}

/** An argument is not what it has to be. */
export function wrong(word: CommandWord, argument: string, found: string | null, expected: string): Reading {
  return misread({ kind: 'wrong_argument', word, argument, found: found === null ? null : orNull(found), expected });
}

export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
