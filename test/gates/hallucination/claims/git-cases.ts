import type { Citation } from '../../../../src/domain/agent-evidence/evidence-document.ts';
import type { CheckCode, ClaimVerdict } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { digestOfBytes } from '../../../../src/domain/digest.ts';
import { texts } from './citing-repository.ts';
import type { CitingRepository } from './citing-repository.ts';

/** A citation that is true or looks true, what has to come of its claim, and the check that decides it. */
export interface GitCase {
  readonly title: string;
  readonly citation: Partial<Citation>;
  readonly verdict: ClaimVerdict;
  readonly check: readonly [CheckCode, 'passed' | 'failed' | 'notice' | 'unavailable'];
}

const tax = { quote: texts.tax, startLine: 15, endLine: 15 } as const;

/** What is true: a verifier that refuses everything is wrong about these. */
export function trueCases({ older, base }: CitingRepository): readonly GitCase[] {
  const verified = { verdict: 'verified', check: ['QUOTE_EXACT', 'passed'] } as const;
  return [
    { title: 'a line of the merge base', citation: tax, ...verified },
    { title: 'a line of the base, named in full', citation: { ...tax, revision: base }, ...verified },
    { title: 'a line of an older commit of the default branch', citation: { ...tax, revision: older }, ...verified },
    { title: 'a file that was deleted since, at the commit that has it', citation: { path: 'src/legacy.ts', revision: older, quote: 'export function legacyDiscount(total: number)', startLine: 1 }, ...verified },
    { title: 'a renamed file by its old name, at the commit that has it', citation: { path: 'src/before-renaming.ts', revision: older, quote: "renamedLater = 'this module gets another name'" }, ...verified },
    { title: 'lines that are counted five too low', citation: { ...tax, startLine: 10, endLine: 10 }, ...verified },
    { title: 'a text that stands twenty lines further down', citation: { quote: "export const defaultCurrency = 'EUR';", startLine: 3, endLine: 3 }, verdict: 'moved', check: ['QUOTE_EXACT', 'notice'] },
    { title: 'lines with LF of a file with CRLF', citation: { path: 'src/crlf.ts', quote: "const ending = 'carriage return';\n  return ending;", startLine: 2, endLine: 3 }, ...verified },
    { title: 'lines with CRLF of a file with LF', citation: { quote: 'if (discount > largestDiscount) return price;\r\n  const left = price.cents - discount;' }, ...verified },
    { title: 'other indentation and tabs', citation: { quote: `\t\tif (net.cents < 0) throw new RangeError('a price is not negative');\n\n\t\t${texts.tax}` }, ...verified },
    { title: 'the first line of a file with a byte order mark', citation: { path: 'src/bom.ts', quote: "export const markedFile = 'begins with a byte order mark';", startLine: 1 }, ...verified },
    { title: 'composed letters of a file with decomposed ones', citation: { path: 'src/nfd.md', quote: 'préfixe décide du tarif appliqué à la commande' }, ...verified },
    { title: 'the name of a file that looks like an option', citation: { path: '-x', quote: 'whose name looks like an option of a program' }, ...verified },
    { title: 'the name of a file that is a pattern', citation: { path: 'docs/star*.md', quote: 'A file whose name is a pattern of files' }, ...verified },
    { title: 'a file by the hash of its content', citation: { ...tax, contentHash: digestOfBytes(texts.price) }, ...verified },
    { title: 'all of a file', citation: { quote: texts.price, startLine: 1, endLine: 33 }, ...verified },
  ];
}

/** What looks true and is not: none may come out as verified or moved. */
export function hostileCases(repository: CitingRepository): readonly GitCase[] {
  return [...revisionCases(repository), ...pathCases(repository), ...contentCases(repository), ...lineCases(), ...quoteCases(), ...ownCases(repository)];
}

function revisionCases({ made, base, head, forked, ownCommit }: CitingRepository): readonly GitCase[] {
  const missing = { verdict: 'unsupported', check: ['COMMIT_REACHABLE', 'failed'] } as const;
  const own = { verdict: 'unsupported', check: ['SELF_CITED', 'failed'] } as const;
  const names = ['main', 'topic', 'v1.0', 'refs/heads/main', 'HEAD', 'HEAD~1', '@', 'main@{0}', 'main^{commit}', `${base}^`, `${base}:src/price.ts`, base.slice(0, 12), base.slice(0, 39), base.toUpperCase(), ` ${base}`, `${base}\n`, '--all', `--output=${'x'.repeat(31)}`, '', '.', '0'.repeat(64)];
  return [
    ...names.map((revision): GitCase => ({ title: `the revision ${JSON.stringify(revision.slice(0, 50))}`, citation: { ...tax, revision }, ...missing })),
    { title: 'a commit that is not there', citation: { ...tax, revision: 'f'.repeat(40) }, ...missing },
    { title: 'the null commit', citation: { ...tax, revision: '0'.repeat(40) }, ...missing },
    { title: 'an annotated tag of a protected commit by its object', citation: { ...tax, revision: made.git('rev-parse', 'v1.0') }, ...missing },
    { title: 'the tree of a protected commit', citation: { ...tax, revision: made.git('rev-parse', `${base}^{tree}`) }, ...missing },
    { title: 'the blob itself as commit', citation: { ...tax, revision: made.git('rev-parse', `${base}:src/price.ts`) }, ...missing },
    { title: 'a commit that only a fork has', citation: { quote: 'return !isDigital(order) && days <= 90;', revision: forked }, ...own },
    { title: 'what the default branch has too, at a commit that only a fork has', citation: { ...tax, revision: forked }, ...own },
    { title: 'the head', citation: { quote: 'The tax rate was agreed with finance: it is one quarter.', revision: head }, ...own },
    { title: 'what stood there before, at the head', citation: { ...tax, revision: head }, ...own },
    { title: 'a commit of the change that is not its head', citation: { quote: 'const taxRate = 0.25;', revision: ownCommit }, ...own },
    { title: 'a commit as its own type, with a path, at the head', citation: { type: 'commit', quote: 'The tax rate was agreed with finance: it is one quarter.', revision: head }, ...own },
    { title: 'a protected commit without a path', citation: { type: 'commit', path: null, revision: base, quote: 'change' }, verdict: 'unsupported', check: ['PATH_EXISTS', 'notice'] },
  ];
}

function pathCases({ made, base }: CitingRepository): readonly GitCase[] {
  const missing = { verdict: 'unsupported', check: ['PATH_EXISTS', 'failed'] } as const;
  const paths = ['../src/price.ts', 'src/../src/price.ts', './src/price.ts', 'src//price.ts', '/src/price.ts', 'src/price.ts/', '/etc/passwd', '../../../../etc/passwd', 'src\\price.ts', 'SRC/price.ts', 'src/Price.ts', 'src/price.ts\0', 'src/price.ts\0.md', 'src/price.ts\n', 'src/price.ts ', 'src/price.ts:1', 'src/*.ts', ':(glob)**/price.ts', ':/src/price.ts', '*', '.git/config', '.git/HEAD', 'src', '', '.', '..', '--help', `${base}:src/price.ts`, 'HEAD:src/price.ts', 'src/price.t\u0455', 'src/price\u200b.ts', 'src/nf\u0064\u0301.md', `${'a/'.repeat(3_000)}price.ts`, '\ud800.ts', 'price.ts', made.directory, `${made.directory}/src/price.ts`, 'linked/price.ts', 'vendor/module/src/price.ts'];
  return [
    ...paths.map((path): GitCase => ({ title: `the path ${JSON.stringify(path.length > 60 ? `${path.slice(0, 20)}…` : path)}`, citation: { ...tax, path }, ...missing })),
    { title: 'a deleted file at the merge base', citation: { path: 'src/legacy.ts', quote: 'export function legacyDiscount(total: number)' }, ...missing },
    { title: 'a renamed file by its old name at the merge base', citation: { path: 'src/before-renaming.ts', quote: "renamedLater = 'this module gets another name'" }, ...missing },
    { title: 'a link to the file that holds the text', citation: { ...tax, path: 'src/link.ts' }, ...missing },
    { title: 'what a link holds itself', citation: { path: 'src/link.ts', quote: 'price.ts', startLine: 1 }, ...missing },
    { title: 'a link out of the repository', citation: { path: 'src/outside', quote: 'root:x:0:0:root:/root:/bin/bash' }, ...missing },
    { title: 'what a link out of the repository holds itself', citation: { path: 'src/outside', quote: '/etc/passwd' }, ...missing },
    { title: 'a submodule', citation: { ...tax, path: 'vendor/module' }, ...missing },
  ];
}

function contentCases({ older }: CitingRepository): readonly GitCase[] {
  const unread = { verdict: 'unverifiable', check: ['PATH_EXISTS', 'notice'] } as const;
  return [
    { title: 'a Git LFS pointer by its own text', citation: { path: 'assets/model.bin', quote: `oid sha256:${'4d7a'.repeat(16)}`, startLine: 2 }, ...unread },
    { title: 'text in a binary file', citation: { path: 'assets/image.png', quote: 'author of this picture: the design department' }, ...unread },
    { title: 'text that is not UTF-8', citation: { path: 'docs/latin1.txt', quote: 'du tarif de la commande' }, ...unread },
    { title: 'text in UTF-16', citation: { path: 'docs/utf16.txt', quote: 'The prefix decides the tariff of the whole order.' }, ...unread },
    { title: 'a file over the limit', citation: { path: 'docs/large.txt', quote: 'The last line of the large file.' }, ...unread },
    { title: 'the hash of another content', citation: { ...tax, contentHash: `sha256:${'a'.repeat(64)}` }, verdict: 'contradicted', check: ['HASH_MATCH', 'failed'] },
    { title: 'the hash of a Git LFS pointer', citation: { path: 'assets/model.bin', contentHash: `sha256:${'4d7a'.repeat(16)}`, quote: 'weights of the model' }, verdict: 'contradicted', check: ['HASH_MATCH', 'failed'] },
    { title: 'evidence that an agent gave before', citation: { path: '.plumbline/evidence/old.json', revision: older, quote: 'Prices are rounded half up, always.' }, verdict: 'unsupported', check: ['SELF_CITED', 'failed'] },
  ];
}

function lineCases(): readonly GitCase[] {
  const wrong = { verdict: 'unsupported', check: ['LINE_RANGE', 'failed'] } as const;
  const ranges: readonly (readonly [number | null, number | null])[] = [[16, 15], [0, 15], [-15, 15], [-1, -1], [15, 40], [1e9, 1e9], [15, Number.MAX_SAFE_INTEGER + 1], [15.5, 16], [Number.NaN, Number.NaN], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], [null, 0], [15, -15]];
  return ranges.map(([startLine, endLine]) => ({ title: `the lines ${String(startLine)} to ${String(endLine)}`, citation: { ...tax, startLine, endLine }, ...wrong }));
}

function quoteCases(): readonly GitCase[] {
  const absent = { verdict: 'unsupported', check: ['QUOTE_EXACT', 'failed'] } as const;
  const empty = { verdict: 'unsupported', check: ['QUOTE_EXACT', 'notice'] } as const;
  const little = { verdict: 'unsupported', check: ['BOILERPLATE', 'failed'] } as const;
  const quotes: Readonly<Record<string, string>> = {
    'another number': 'return !isDigital(order) && days <= 31;',
    'the beginning of a number': 'const largestDiscount = 300',
    'the end of a word': 'efundable(order: Order, now: Date): boolean',
    'a condition without its negation': 'isDigital(order) && days <= 30;',
    'another operator': 'return !isDigital(order) || days <= 30;',
    'half an operator': 'return !isDigital(order) && days <',
    'other case': 'return !isdigital(order) && days <= 30;',
    'a word left out': 'const days = daysBetween(order.paidAt);',
    'words in another order': 'const days = daysBetween(now, order.paidAt);',
    'an ellipsis': 'export function grossPrice(net: Price): Price { … taxRate)) };',
    'three dots': 'if (net.cents < 0) throw ... taxRate)) };',
    'joined words': 'exportfunction grossPrice(net: Price): Price {',
    'parted words': 'export function gross Price(net: Price): Price {',
    'a space in an operator': 'return !isDigital(order) && days < = 30;',
    'lines that do not follow each other': 'const taxRate = 0.19;\nexport function isRefundable(order: Order, now: Date): boolean {',
    'a text across two files': "return { ...net, cents: roundHalfUp(net.cents * (1 + taxRate)) };\n}\nexport function roundHalfUp(value: number): number {",
    'a text of another file': 'return Math.floor(value + 0.5);',
    'a pattern': 'const taxRate = .*;',
    'an escape': String.raw`if (net.cents < 0) throw\nreturn`,
    'a comment without its end': 'cents: 1999 is 19.99. export interface Price {',
    'typographic quotes': 'throw new RangeError(‘a price is not negative’);',
    'a no-break space': 'export\u00a0function grossPrice(net: Price): Price {',
    'a letter that looks the same': 'export function gross\u0420rice(net: Price): Price {',
    'a full-width letter': 'export function grossPrice(net: Price)\uff1a Price {',
    'an invisible character': 'export function gross\u200bPrice(net: Price): Price {',
    'a soft hyphen': 'export function gross\u00adPrice(net: Price): Price {',
    'a turned direction': 'export function \u202egrossPrice(net: Price): Price {',
    'a text and more': `${texts.tax} // always rounded up`,
    'a member of what is quoted': "export const defaultCurrency = 'EUR'; export default defaultCurrency;",
  };
  return [
    ...Object.entries(quotes).map(([title, quote]): GitCase => ({ title, citation: { quote }, ...absent })),
    { title: 'no quote', citation: { startLine: 15, endLine: 15 }, ...empty },
    { title: 'an empty quote', citation: { quote: '' }, ...empty },
    { title: 'a quote of white space', citation: { quote: ' \n\t\r\n ' }, ...empty },
    { title: 'a brace', citation: { quote: '}', startLine: 16 }, ...little },
    { title: 'a keyword', citation: { quote: 'return', startLine: 15 }, ...little },
    { title: 'one short name', citation: { quote: 'const days =', startLine: 19 }, ...little },
    { title: 'what stands there again and again', citation: { path: 'src/repeated.ts', quote: "assertIsReadable(input, 'the input of a case');", startLine: 2 }, ...little },
    { title: 'text that reads otherwise than it is', citation: { path: 'src/bidi.ts', quote: "if (accessLevel !== 'user') { // only for admins" }, ...absent },
    { title: 'a name as it looks, without what is invisible in it', citation: { path: 'src/invisible.ts', quote: 'export const canDelete = roles.includes(deleting);' }, ...absent },
    { title: 'the end of a name behind what is invisible in it', citation: { path: 'src/invisible.ts', quote: 'Delete = roles.includes(deleting);' }, ...absent },
    { title: 'a name as it looks, in Latin letters', citation: { path: 'src/lookalike.ts', quote: 'export const scope = readScope(settings, request);' }, ...absent },
    { title: 'a letter without its accent', citation: { path: 'src/nfd.md', quote: 'Le prefixe decide du tarif applique a la commande.' }, ...absent },
    { title: 'a word of which the accent is cut off', citation: { path: 'src/nfd.md', quote: 'décide du tarif applique' }, ...absent },
  ];
}

function ownCases({ base }: CitingRepository): readonly GitCase[] {
  const own = { verdict: 'unsupported', check: ['SELF_CITED', 'failed'] } as const;
  return [
    { title: 'a line that the change adds, at no revision', citation: { quote: 'The tax rate was agreed with finance: it is one quarter.' }, ...own },
    { title: 'a line that the change adds, at the base', citation: { quote: 'The tax rate was agreed with finance: it is one quarter.', revision: base }, ...own },
    { title: 'a file that the change adds, at no revision', citation: { path: 'src/own.ts', quote: "ownProof = 'Prices are rounded to whole euros.'" }, ...own },
  ];
}
