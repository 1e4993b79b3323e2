import { endOfClass } from './expand-braces.ts';

/** One part between slashes. `literal` holds what it equals when it has no wildcard, `ending` what follows a single leading star. */
export interface GlobSegment {
  readonly literal: string | null;
  readonly ending: string | null;
  readonly tokens: readonly Token[];
}

type Token =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

export function parseSegment(text: string): GlobSegment {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; ) {
    const [token, next] = tokenAt(text, index);
    const isSecondStar = token.kind === 'star' && tokens.at(-1)?.kind === 'star';
    if (!isSecondStar) tokens.push(token);
    index = next;
  }
  const ending = tokens[0]?.kind === 'star' ? plainText(tokens.slice(1)) : null;
  return { literal: plainText(tokens), ending, tokens };
}

function plainText(tokens: readonly Token[]): string | null {
  const codes = tokens.flatMap((token) => (token.kind === 'character' ? [token.code] : []));
  return codes.length === tokens.length ? String.fromCodePoint(...codes) : null;
}

function tokenAt(text: string, index: number): readonly [Token, number] {
  const character = text[index];
  if (character === '*') return [{ kind: 'star' }, index + 1];
  if (character === '?') return [{ kind: 'any' }, index + 1];
  const close = character === '[' ? endOfClass(text, index) : index;
  if (close > index) return [classOf(text.slice(index + 1, close)), close + 1];
  const start = character === '\\' && index + 1 < text.length ? index + 1 : index;
  const code = text.codePointAt(start) ?? 0;
  return [{ kind: 'character', code }, start + widthOf(code)];
}

function classOf(inside: string): Token {
  const negated = inside.startsWith('!') || inside.startsWith('^');
  const codes = literalCodes(negated ? inside.slice(1) : inside);
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index < codes.length; index += 1) {
    const from = codes[index]?.code ?? 0;
    const dash = codes[index + 1];
    const to = codes[index + 2];
    const isRange = dash !== undefined && to !== undefined && dash.code === hyphen && !dash.escaped;
    ranges.push([from, isRange ? to.code : from]);
    if (isRange) index += 2;
  }
  return { kind: 'class', negated, ranges };
}

const hyphen = 0x2d;

function literalCodes(text: string): readonly { readonly code: number; readonly escaped: boolean }[] {
  const points = Array.from(text);
  const codes: { code: number; escaped: boolean }[] = [];
  for (let index = 0; index < points.length; index += 1) {
    const escaped = points[index] === '\\' && index + 1 < points.length;
    if (escaped) index += 1;
    codes.push({ code: points[index]?.codePointAt(0) ?? 0, escaped });
  }
  return codes;
}

/** Two pointers and the last star: at worst length × tokens steps, whatever the pattern and the text. */
export function matchesSegment(segment: GlobSegment, text: string): boolean {
  if (segment.literal !== null) return segment.literal === text;
  if (segment.ending !== null) return text.endsWith(segment.ending);
  const { tokens } = segment;
  let [at, token, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    const wanted = tokens[token];
    if (wanted?.kind === 'star') [star, resume, token] = [token, at, token + 1];
    else if (wanted !== undefined && accepts(wanted, code)) [at, token] = [at + widthOf(code), token + 1];
    else if (star >= 0) {
      resume += widthOf(text.codePointAt(resume) ?? 0);
      [at, token] = [resume, star + 1];
    } else return false;
  }
  while (tokens[token]?.kind === 'star') token += 1;
  return token === tokens.length;
}

function accepts(token: Token, code: number): boolean {
  switch (token.kind) {
    case 'character':
      return token.code === code;
    case 'any':
      return true;
    case 'star':
      return false;
    case 'class':
      return token.ranges.some(([from, to]) => code >= from && code <= to) !== token.negated;
  }
}

function widthOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}
