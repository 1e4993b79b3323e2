import { findingRules, isFindingCode } from '../finding-code.ts';
import type { FindingCode } from '../finding-code.ts';
import { nearestWord } from '../nearest-word.ts';
import { isDate } from '../configuration/rule-mode.ts';
import type { Reading, VoteWord } from './command.ts';
import type { CommandWord } from './command-word.ts';
import { cutWord } from './cut-word.ts';
import { parseDriftCommand } from './parse-drift-command.ts';
import { misread, orNull, read, wrong } from './readings.ts';

/** Characters of a reason: it is shown and kept; that of a waiver is written into a file. */
const mostReason = 1000;
const mostWaiverReason = 500;

/** Reads what follows a command's word. No shell and no quoting: a dollar sign is a character, and so is a dash but for the two words of `remediate`. */
export function parseArguments(word: CommandWord, rest: string): Reading {
  switch (word) {
    case 'help':
    case 'status':
    case 'recheck':
      return rest === '' ? read({ kind: word }) : wrong(word, 'end of line', rest, 'nothing after it');
    case 'explain':
      return parseExplain(rest);
    case 'approve':
    case 'unapprove':
    case 'reject':
      return parseVote(word, rest);
    case 'waive':
      return parseWaive(rest);
    case 'unwaive':
      return withCode(word, rest, (code, path) => (path === '' ? wrong(word, 'path', null, pathExpected) : read({ kind: word, code, path })));
    case 'drift':
    case 'remediate':
    case 'unsuppress':
    case 'rollback':
      return parseDriftCommand(word, rest);
  }
}

function parseExplain(rest: string): Reading {
  return withCode('explain', rest, (code, more) => (more === '' ? read({ kind: 'explain', code }) : wrong('explain', 'end of line', more, 'nothing after the code')));
}

const scopeForm = /^[a-z][a-z0-9_-]*(?:[./][a-z0-9_-]+)*$/;

function parseVote(word: VoteWord, rest: string): Reading {
  const { word: scope, rest: afterScope } = cutWord(rest);
  if (scope.length > 100 || !scopeForm.test(scope)) return wrong(word, 'code|action|all', scope, 'a code such as schema/incompatible, an action such as workflow.change, or all');
  const { word: sha, rest: reason } = cutWord(afterScope);
  if (!/^[0-9a-f]{7,64}$/i.test(sha)) return misread({ kind: 'no_sha', word, scope, found: orNull(sha) });
  if (reason.length > mostReason) return overlong(word, reason, mostReason);
  if (word === 'reject' && reason === '') return wrong(word, 'reason', null, 'why, in the same line');
  return read({ kind: word, scope, sha: sha.toLowerCase(), reason: orNull(reason) });
}

const pathExpected = 'the path of the finding, as the check shows it';
const datedForm = /[ \t]until[ \t]+(\d{4}-\d{2}-\d{2})(?=[ \t]|$)/;
const untilForm = /[ \t]until[ \t]+(\S+)/;

/** A path may have spaces: it ends where `until` and a date begin. */
function parseWaive(rest: string): Reading {
  return withCode('waive', rest, (code, more) => {
    const found = datedForm.exec(` ${more}`) ?? untilForm.exec(` ${more}`);
    const path = found === null ? '' : more.slice(0, Math.max(0, found.index - 1)).trim();
    const until = found?.[1];
    if (path === '' || found === null) return wrong('waive', more === '' || path === '' ? 'path' : 'date', orNull(more), `${pathExpected}, then until <date>`);
    if (until === undefined || !isDate(until)) return wrong('waive', 'date', until ?? null, 'a day such as 2027-03-31');
    const reason = more.slice(found.index - 1 + found[0].length).trim();
    if (reason === '') return wrong('waive', 'reason', null, 'why, in the same line');
    return reason.length > mostWaiverReason ? overlong('waive', reason, mostWaiverReason) : read({ kind: 'waive', code, path, until, reason });
  });
}

function withCode(word: CommandWord, rest: string, then: (code: FindingCode, more: string) => Reading): Reading {
  const { word: code, rest: more } = cutWord(rest);
  if (code === '') return wrong(word, 'code', null, 'a code such as contract/schema_invalid');
  if (isFindingCode(code)) return then(code, more);
  const suggestion = nearestWord(code, Object.keys(findingRules));
  return misread({ kind: 'unknown_code', word, code, suggestion: suggestion !== null && isFindingCode(suggestion) ? suggestion : null });
}

function overlong(word: CommandWord, reason: string, most: number): Reading {
  return wrong(word, 'reason', `${reason.length} characters`, `at most ${most}`);
}
