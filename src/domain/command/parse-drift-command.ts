import type { DriftCommand, Reading } from './command.ts';
import { cutWord } from './cut-word.ts';
import { read, wrong } from './readings.ts';

/** Reads the commands about behaviours. Nothing is looked up: whether there is such a behaviour is asked when it is run. */
export function parseDriftCommand(word: DriftCommand['kind'], rest: string): Reading {
  switch (word) {
    case 'drift':
      return rest === 'scan' ? read({ kind: 'drift' }) : wrong('drift', 'scan', rest, 'the word scan, and nothing after it');
    case 'remediate':
      return withBehavior(word, rest, parseRemediate);
    case 'unsuppress':
      return withBehavior(word, rest, (behavior, more) => (more === '' ? read({ kind: word, behavior }) : wrong(word, 'end of line', more, 'nothing after the behaviour')));
    case 'rollback':
      return parseRollback(rest);
  }
}

/** As `schemas/behavior.schema.json` has names. */
const nameForm = /^[a-z0-9][a-z0-9-]{0,62}$/;

function withBehavior(word: 'remediate' | 'unsuppress', rest: string, then: (behavior: string, more: string) => Reading): Reading {
  const { word: behavior, rest: more } = cutWord(rest);
  return nameForm.test(behavior) ? then(behavior, more) : wrong(word, 'behaviour', behavior, 'the name of a behaviour, as its file has it');
}

/** Each once, in either order. */
function parseRemediate(behavior: string, rest: string): Reading {
  const words = rest === '' ? [] : rest.split(/[ \t]+/, 3);
  const wanted = new Set(words);
  const unknown = words.find((word) => word !== '--dry-run' && word !== '--take-over');
  if (unknown !== undefined || wanted.size < words.length) return wrong('remediate', 'end of line', unknown ?? rest, 'nothing more, --dry-run or --take-over');
  return read({ kind: 'remediate', behavior, isDryRun: wanted.has('--dry-run'), takesOver: wanted.has('--take-over') });
}

/** As GitHub shows it, or without its sign. */
function parseRollback(rest: string): Reading {
  const [, digits] = /^#?([1-9][0-9]{0,8})$/.exec(rest) ?? [];
  return digits === undefined ? wrong('rollback', 'pull request number', rest, 'the number of a pull request that Plumbline opened to remediate a drift, such as 12') : read({ kind: 'rollback', number: Number(digits) });
}
