import { nearestWord } from '../nearest-word.ts';
import { addressedLine } from './addressed-line.ts';
import { commandWords, isCommandWord } from './command-word.ts';
import type { Reading } from './command.ts';
import { cutWord } from './cut-word.ts';
import { parseArguments } from './parse-arguments.ts';

/** Reads the command of a comment: one, in its first line, and nothing else of it. Everything after the word is literal. */
export function parseComment(comment: string): Reading {
  const line = addressedLine(comment);
  if (line.kind === 'none') return line;
  if (line.kind === 'disguised') return { kind: 'misread', misreading: line };
  const { word, rest } = cutWord(line.rest);
  if (word === '') return { kind: 'command', command: { kind: 'help' } };
  if (isCommandWord(word)) return parseArguments(word, rest);
  const suggestion = nearestWord(word, commandWords);
  return { kind: 'misread', misreading: { kind: 'unknown_word', word, suggestion: suggestion !== null && isCommandWord(suggestion) ? suggestion : null } };
}
