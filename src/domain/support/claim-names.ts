import type { TextKind } from './text-kind.ts';

/** A word of a claim that names one thing in code exactly. */
export interface ClaimName {
  readonly kind: 'identifier' | 'path' | 'flag' | 'version';
  readonly text: string;
  /** Where it stands in the claim, in characters. */
  readonly start: number;
}

/** What a token outside of backticks has to look like to be a name: `fooBar`, `foo_bar`, `foo()`. English has none of these. */
const nameForm = /^(?:\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*|(?:\p{Lu}[\p{Ll}\p{N}]+){2,}|[$\p{L}][$\p{L}\p{N}]*_[$\p{L}\p{N}_]*|_[\p{L}\p{N}_]+)$/u;
const fileEnd = /\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml|md|py|rb|go|rs|java|kt|c|h|cc|cpp|hpp|cs|php|sh|sql|html|css|rego|lock|cfg|ini|env|xml|txt|proto|tf)$/i;
const version = /^v?\d+\.\d+\.\d+(?:[-+][\w.-]*)?$|^v\d+(?:\.\d+)*$/;

/** How things are called that prose names beside any code. */
const productNames: ReadonlySet<string> = new Set(['GitHub', 'GitLab', 'JavaScript', 'TypeScript', 'CoffeeScript', 'WebAssembly', 'OpenAPI', 'GraphQL', 'PostgreSQL', 'MySQL', 'SQLite', 'MongoDB', 'CloudFormation', 'DynamoDB', 'OpenTelemetry', 'PowerShell', 'macOS', 'iOS', 'eBay', 'YouTube', 'LinkedIn', 'StackOverflow', 'WebSocket', 'WebSockets', 'PyPI', 'IntelliJ', 'ECMAScript', 'OAuth', 'McDonald']);

/** The names in a claim, in order: what stands in backticks, and, in a claim about code, what has the form of a name. */
export function claimNames(claim: string, kind: TextKind): readonly ClaimName[] {
  const quoted = [...claim.matchAll(/`([^`\n]{1,400})`/g)];
  const inQuotes = quoted.flatMap((match) => tokensOf(match[1] ?? '', match.index + 1).flatMap(quotedName));
  if (kind === 'prose') return inQuotes;
  const rest = quoted.reduce((text, { index, 0: whole }) => text.slice(0, index) + ' '.repeat(whole.length) + text.slice(index + whole.length), claim);
  return [...inQuotes, ...tokensOf(rest, 0).flatMap(bareName)].toSorted((a, b) => a.start - b.start);
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly isCalled: boolean;
}

function tokensOf(text: string, offset: number): readonly Token[] {
  return [...text.matchAll(/[\p{L}\p{N}_$@./\\-]+(\()?/gu)].flatMap((match) => {
    const isCalled = match[1] !== undefined;
    const whole = isCalled ? match[0].slice(0, -1) : match[0];
    const bare = withoutEnd(whole);
    return bare === '' ? [] : [{ text: bare, start: offset + match.index, isCalled }];
  });
}

/** Without what ends a sentence or a folder. By hand: a pattern would look at a long row of dashes once for each of them. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && './\\-'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function quotedName(token: Token): readonly ClaimName[] {
  const { text } = token;
  if (/^--?\p{L}/u.test(text)) return [named('flag', token)];
  if (version.test(text)) return [named('version', token)];
  if (/^[\d.-]/.test(text) && !text.includes('/')) return [];
  if (text.includes('/') || fileEnd.test(text)) return [named('path', token)];
  return /\p{L}/u.test(text) ? [named('identifier', token)] : [];
}

function bareName(token: Token): readonly ClaimName[] {
  const { text, isCalled } = token;
  if (/^--\p{L}/u.test(text)) return [named('flag', token)];
  if (version.test(text)) return [named('version', token)];
  if (/^\.{0,2}[/]?[\w@.-]+(?:\/[\w@.-]+)*$/.test(text) && fileEnd.test(text) && !productNames.has(text)) return [named('path', token)];
  const isNamed = text.split('.').every((part) => nameForm.test(part)) || (isCalled && /^[$\p{L}_][$\p{L}\p{N}_.]*$/u.test(text));
  return isNamed && !productNames.has(text) ? [named('identifier', token)] : [];
}

function named(kind: ClaimName['kind'], { text, start }: Token): ClaimName {
  return { kind, text, start };
}
