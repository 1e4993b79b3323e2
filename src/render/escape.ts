/**
 * The one place where text from outside is made inert. Everything that a change, a repository or a service
 * wrote goes through one of these before it reaches a reader; nothing else in the program escapes.
 */

const invisible = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const emojiPresentation = '\u{fe0f}';
const breaker = '&#8203;';

/** Shows control, bidirectional, zero-width and broken characters instead of performing them. One line. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
    if (character === emojiPresentation) return character;
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20) return String.fromCodePoint(0x2400 + point);
    return point === 0x7f ? '␡' : `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** GitHub Markdown, one line: no markup, link, mention, reference or HTML comes alive. Safe in a table cell. */
export function markdownText(text: string): string {
  // At the beginning of a line these would make it an item of a list or underline the line before.
  return inert(text).replace(/^(\d*)([-+=.)])/, String.raw`$1\$2`);
}

function inert(text: string): string {
  return visible(text)
    .trimStart()
    .replace(/[&<>|\\`]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/[*_~[\]]/g, String.raw`\$&`)
    // Mentions and references are found in the rendered text, where escapes are gone: split the words themselves.
    .replace(/@/g, `@${breaker}`)
    .replace(/(?<!&)#/g, String.raw`\#${breaker}`)
    .replace(/:(?=\/\/)/g, `:${breaker}`)
    .replace(/www(?=\.)|GH(?=-)/gi, `$&${breaker}`)
    // Documented way to keep a dollar from opening a formula.
    .replace(/\$/g, '<span>$$</span>');
}

/** As `markdownText`, with `code` between single backticks kept as code. Not for table cells. */
export function markdownProse(text: string): string {
  const parts = visible(text).split(/`([^`]+)`/);
  // Two code spans that touch would become one: keep them apart.
  return parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : between(part, index, parts.length))).join('');
}

function between(part: string, index: number, total: number): string {
  const space = index > 0 && /^\s/.test(part) ? ' ' : '';
  const escaped = `${space}${index === 0 ? markdownText(part) : inert(part)}`;
  return escaped === '' && index > 0 && index < total - 1 ? ' ' : escaped;
}

/** A code span that its content can not leave. Not for table cells, where a bar would split it. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown.trim() === '') return '`(empty)`';
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  return runs.length === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** A link's destination: only http and https, nothing that ends the link early. Null for anything else. */
export function markdownUrl(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return new URL(url).href.replace(/[()<>|\\`']/g, (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}

/** For a terminal or a build log: nothing moves the cursor, sets a colour or is read as a command by a runner. */
export function terminalText(text: string): string {
  return visible(text).replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1\u{a789}');
}

/** The message of a workflow command such as `::error::`. */
export function commandMessage(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('##[', '## [');
}

/** A property of a workflow command, which also ends at a comma or a colon. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** XML 1.0 text and double-quoted attribute values. */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** A path in the repository as a relative URI reference (RFC 3986), segment by segment. */
export function pathUri(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((segment) => (segment === '.' || segment === '..' ? segment.replaceAll('.', '%2E') : encodeURIComponent(segment)))
    .join('/');
}

/** A message string of SARIF 2.1.0 (3.11.5 and 3.11.6): no placeholder, no embedded link. */
export function sarifText(text: string): string {
  return visible(text).replace(/[\\[\]]/g, String.raw`\$&`).replace(/[{}]/g, '$&$&');
}

/** JSON of a value in which a terminal or a runner finds nothing to act on. Parses to the same value. */
export function inertJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll('##[', String.raw`##\u005b`);
  return text.replace(invisible, (character) => (character === '\n' ? character : unicodeEscape(character)));
}

function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}

/** A cell of CSV (RFC 4180). One that a spreadsheet would read as a formula begins with an apostrophe instead, and so does what stands behind a semicolon, at which some split lines whatever is quoted. */
export function csvCell(text: string): string {
  const inertCell = visible(text).replace(/(^|;)(?=[\s"]*[=+\-@＝＋－＠])/gu, "$1'");
  return /[",]|^\s|\s$/.test(inertCell) ? `"${inertCell.replaceAll('"', '""')}"` : inertCell;
}
