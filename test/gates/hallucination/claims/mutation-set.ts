import type { Citation } from '../../../../src/domain/agent-evidence/evidence-document.ts';
import { randomFrom } from '../../../../bench/evaluation/tools/random.ts';
import type { CodeBase } from './code-bases.ts';

export type MutationKind = 'identifier' | 'number' | 'operator' | 'path' | 'line' | 'other file' | 'joined words' | 'parted word' | 'shortened';
export type RealKind = 'as it stands' | 'part of it' | 'other white space';

/** A citation of a file of a code base: real, or one where one thing was changed so that it is no longer true. */
export interface MutationCase {
  readonly kind: MutationKind | RealKind;
  readonly isReal: boolean;
  /** The file that is cited, which may be none. */
  readonly path: string;
  readonly citation: Pick<Citation, 'path' | 'quote' | 'startLine' | 'endLine'>;
}

type Pick1 = <Item>(items: readonly Item[]) => Item | undefined;

interface Passage {
  readonly path: string;
  readonly text: string;
  readonly quote: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** So much a quote has to be, not to be refused as boilerplate: 25 characters and 2 names. */
const leastQuote = 25;
const mostLines = 6;
/** Lines by which a citation is off: more than are searched beside it. */
const leastDrift = 20;

/** Cases from passages of a code base, the same for the same seed. A change that leaves something true is left out. */
export function mutationCases({ files }: CodeBase, passages: number, seed: number): readonly MutationCase[] {
  const next = randomFrom(seed);
  const pick: Pick1 = (items) => items[Math.floor(next() * items.length)];
  const cases: MutationCase[] = [];
  for (let tries = 0, taken = 0; taken < passages && tries < passages * 50; tries += 1) {
    const passage = passageOf(pick(files), next);
    if (passage === null) continue;
    taken += 1;
    cases.push(...realCases(passage, next), ...changedQuotes(passage, pick), ...otherPlaces(passage, files, pick));
  }
  return cases;
}

function passageOf(file: CodeBase['files'][number] | undefined, next: () => number): Passage | null {
  if (file === undefined) return null;
  const lines = file.text.split('\n');
  const start = Math.floor(next() * lines.length);
  const end = Math.min(lines.length - 1, start + Math.floor(next() * mostLines));
  const quote = lines.slice(start, end + 1).join('\n').trim();
  const names = new Set(quote.match(/[A-Za-z_$][\w$]{3,}/g));
  // What stands there more than once is boilerplate or true elsewhere: that is tested by itself.
  return lengthOf(quote) < leastQuote || names.size < 3 || timesIn(file.text, quote) !== 1 ? null : { ...file, quote, startLine: start + 1, endLine: end + 1 };
}

function realCases({ path, text, quote, startLine, endLine }: Passage, next: () => number): readonly MutationCase[] {
  const real = (kind: RealKind, changed: string): MutationCase => ({ kind, isReal: true, path, citation: { path, quote: changed, startLine, endLine } });
  const words = quote.split(/(?<=\s)(?=\S)/);
  const from = Math.floor(next() * (words.length / 3));
  const part = words.slice(from, Math.ceil(words.length - next() * (words.length / 3))).join('').trim();
  const isWhole = lengthOf(part) >= leastQuote && new Set(part.match(/[A-Za-z_$][\w$]{3,}/g)).size > 2 && timesIn(text, part) === 1;
  const respaced = quote.replaceAll(/[ \t]+/g, () => ' '.repeat(1 + Math.floor(next() * 4))).replaceAll('\n', next() < 0.5 ? '\r\n\t' : '\n\n    ');
  return [real('as it stands', quote), real('other white space', respaced), ...(isWhole ? [real('part of it', part)] : [])];
}

type Change = (quote: string, pick: Pick1, passage: Passage) => string | null;

const changes: Readonly<Record<Exclude<MutationKind, 'path' | 'line' | 'other file'>, Change>> = {
  identifier: (quote, pick, { text }) => replaceOne(quote, /[A-Za-z_$][\w$]{2,}/g, pick, (name) => (name.length % 2 === 0 ? oneLetterOff(name) : (pick(text.match(/[A-Za-z_$][\w$]{2,}/g) ?? []) ?? name))),
  number: (quote, pick) => replaceOne(quote, /\d+/g, pick, (digits) => pick([String(Number(digits) + 1), `${digits}0`, digits.slice(0, -1), `1${digits}`]) ?? digits),
  operator: (quote, pick) => replaceOne(quote, /===|!==|&&|\|\||<=|>=|=>|\+\+|--|\?\?|\?\.|\btrue\b|\bfalse\b|\bnot\b|\bis\b|[<>+\-*/!]/g, pick, (one) => otherOperators[one] ?? ''),
  'joined words': (quote, pick) => replaceOne(quote, /(?<=\w)\s+(?=\w)/g, pick, () => ''),
  'parted word': (quote, pick) => replaceOne(quote, /\w{4,}/g, pick, (one) => `${one.slice(0, 2)} ${one.slice(2)}`),
  // What is left reads as if it were whole: half a word, half a number, half an operator.
  shortened: (quote, pick) => pick([quote.slice(1), quote.slice(0, -1), quote.slice(2), quote.slice(0, -2)]) ?? null,
};

const otherOperators: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '&&': '||', '||': '&&', '<=': '<', '>=': '>', '=>': '=', '++': '--', '--': '++', '??': '||', '?.': '.', true: 'false', false: 'true', not: '', is: 'is not', '<': '<=', '>': '>=', '+': '-', '-': '+', '*': '/', '/': '*', '!': '' };

function changedQuotes(passage: Passage, pick: Pick1): readonly MutationCase[] {
  const { path, text, quote, startLine, endLine } = passage;
  return Object.entries(changes).flatMap(([kind, change]) => {
    const changed = change(quote, pick, passage);
    if (changed === null || changed.trim() === '' || isIn(text, changed)) return [];
    return [{ kind: kind as MutationKind, isReal: false, path, citation: { path, quote: changed, startLine, endLine } }];
  });
}

function otherPlaces({ path, text, quote, startLine, endLine }: Passage, files: CodeBase['files'], pick: Pick1): readonly MutationCase[] {
  const count = text.split('\n').length;
  const far = Array.from({ length: count }, (_, index) => index + 1).filter((line) => line > endLine + leastDrift || line + (endLine - startLine) < startLine - leastDrift);
  const line = pick(far);
  const other = pick(files.filter((file) => file.path !== path && !isIn(file.text, quote)));
  const wrong = pick([path.replace(/[aeiou](?=[^aeiou]*$)/, 'y'), path.toUpperCase(), `x${path}`, path.replace(/\.\w+$/, '.cts')]) ?? '';
  return [
    ...(files.some((file) => file.path === wrong) ? [] : [{ kind: 'path', isReal: false, path, citation: { path: wrong, quote, startLine, endLine } } as const]),
    ...(line === undefined ? [] : [{ kind: 'line', isReal: false, path, citation: { path, quote, startLine: line, endLine: line + (endLine - startLine) } } as const]),
    ...(other === undefined ? [] : [{ kind: 'other file', isReal: false, path: other.path, citation: { path: other.path, quote, startLine: null, endLine: null } } as const]),
  ];
}

function replaceOne(quote: string, pattern: RegExp, pick: Pick1, change: (found: string) => string): string | null {
  const match = pick([...quote.matchAll(pattern)]);
  if (match === undefined) return null;
  return `${quote.slice(0, match.index)}${change(match[0])}${quote.slice(match.index + match[0].length)}`;
}

function oneLetterOff(name: string): string {
  const middle = name.length >> 1;
  return `${name.slice(0, middle)}${name.charAt(middle) === 'e' ? 'a' : 'e'}${name.slice(middle + 1)}`;
}

/** As people count it, who see no indentation. */
function lengthOf(quote: string): number {
  return quote.replaceAll(/\s+/g, ' ').length;
}

/** Whether a text has these tokens one after another, which is another question than the verifier asks. */
function isIn(text: string, quote: string): boolean {
  return timesIn(text, quote) > 0;
}

function timesIn(text: string, quote: string): number {
  return `\n${tokensOf(text)}\n`.split(`\n${tokensOf(quote)}\n`).length - 1;
}

function tokensOf(text: string): string {
  return (text.match(/[\p{L}\p{N}_$]+|[=!<>&|+\-*/%^~?:.]+|\S/gu) ?? []).join('\n');
}
