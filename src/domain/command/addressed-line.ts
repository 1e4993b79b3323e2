/** The first line of a comment, as far as it speaks to Plumbline. `rest` is what follows the name, trimmed. */
export type AddressedLine = { readonly kind: 'none' } | { readonly kind: 'disguised' } | { readonly kind: 'addressed'; readonly rest: string };

const name = '/plumbline';

/**
 * Looks at the first line alone, from its first column on: what stands in a fence, a quote, an HTML comment or further down is
 * never read. A line that only looks addressed is told from one that is. Takes time in proportion to the line.
 */
export function addressedLine(comment: string): AddressedLine {
  const end = comment.search(/[\r\n]/);
  const line = end === -1 ? comment : comment.slice(0, end);
  if (!isNamed(line)) return isLookalike(line) ? { kind: 'disguised' } : { kind: 'none' };
  return hasHidden(line) ? { kind: 'disguised' } : { kind: 'addressed', rest: line.slice(name.length).trim() };
}

function isNamed(line: string): boolean {
  return line.startsWith(name) && [undefined, ' ', '\t'].includes(line[name.length]);
}

/** What a reader does not see, or sees elsewhere. Joiners have a meaning in words of several languages. */
function hasHidden(line: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0]/u.test(line.replaceAll(/[\t\u200c\u200d]/g, ''));
}

/** Enough for the name with much that is invisible in it. */
const mostLooked = 200;

function isLookalike(line: string): boolean {
  const seen = skeletonOf(line.slice(0, mostLooked));
  const wanted = skeletonOf(name);
  return seen.startsWith(wanted) && /^(?:[\s:,]|$)/.test(seen.slice(wanted.length));
}

/** Letters of the name that other scripts have too, and the slash. `i` and `l` are one here: fonts make them so. */
const twins: Readonly<Record<string, string>> = {
  '\u0440': 'p', '\u03c1': 'p', '\u04cf': 'l', '1': 'l', '|': 'l', i: 'l', '\u0456': 'l', '\u03b9': 'l', '\u0131': 'l', '\u03c5': 'u', '\u057d': 'u', '\u043c': 'm',
  '\u044c': 'b', '\u0185': 'b', '\u0578': 'n', '\u0435': 'e', '\u2044': '/', '\u2215': '/', '\u29f8': '/', '\u2571': '/', '\\': '/',
};

/** After the skeletons of UTS 39, for the letters of one name. */
function skeletonOf(text: string): string {
  const plain = text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (hidden) => (hidden === '\t' ? ' ' : ''));
  return Array.from(plain.normalize('NFKC').toLowerCase(), (character) => twins[character] ?? character).join('');
}
