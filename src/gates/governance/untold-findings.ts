import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Untold } from '../../domain/people/untold.ts';
import { untoldWords } from './untold-words.ts';

/** Says of what could not be told about people that nothing is decided without it; nothing where all was told. */
export function untoldFindings([first, ...others]: readonly Untold[]): readonly Finding[] {
  if (first === undefined) return [];
  const words = untoldWords([first, ...others]);
  return [finding({ code: 'policy/no_answer', subject: 'people', message: `Cannot tell who may let this change pass: ${words.found}. Nothing in your change caused this.`, ...words })];
}
