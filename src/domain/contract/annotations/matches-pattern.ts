/**
 * Whether a name matches a pattern of a schema, for patterns made of characters, `.`, `[…]`, `\d`, `\w`, the quantifiers
 * `*`, `+`, `?`, and anchors at the ends. Null for every other one, and for what is very long: a name comes from a pull
 * request, so it never meets a regular expression that could backtrack. Takes at most pattern × name steps.
 */
export function matchesPattern(pattern: string, name: string): boolean | null {
  if (pattern.length > longest.pattern || name.length > longest.name) return null;
  const isStart = pattern.startsWith('^');
  const isEnd = pattern.endsWith('$') && !pattern.endsWith(String.raw`\$`);
  const atoms = atomsOf(pattern.slice(isStart ? 1 : 0, isEnd ? -1 : undefined));
  return atoms === null ? null : matchesAtoms(atoms, Array.from(name), { isStart, isEnd });
}

const longest = { pattern: 200, name: 1_000 } as const;

interface Atom {
  readonly accepts: (character: string) => boolean;
  readonly canSkip: boolean;
  readonly canRepeat: boolean;
}

function atomsOf(text: string): readonly Atom[] | null {
  const atoms: Atom[] = [];
  let end = 0;
  for (const match of text.matchAll(/(\[\^?[^[\]\\]*(?:\\[^A-Za-z0-9][^[\]\\]*)*\]|\\.|[^\\[\](){}|^$*+?])([*+?]?)/gsu)) {
    const [all, written = '', quantifier = ''] = match;
    const accepts = match.index === end ? acceptorOf(written) : null;
    if (accepts === null) return null;
    atoms.push({ accepts, canSkip: quantifier === '*' || quantifier === '?', canRepeat: quantifier === '*' || quantifier === '+' });
    end += all.length;
  }
  // A lazy quantifier, a group or a choice leaves something over.
  return end === text.length ? atoms : null;
}

type Acceptor = (character: string) => boolean;

function acceptorOf(written: string): Acceptor | null {
  if (written === '.') return (character) => !/[\n\r\u2028\u2029]/u.test(character);
  if (written.startsWith('[')) return classOf(written.slice(1, -1));
  if (!written.startsWith('\\')) return (character) => character === written;
  if (written === String.raw`\d`) return (character) => /[0-9]/.test(character);
  if (written === String.raw`\w`) return (character) => /[A-Za-z0-9_]/.test(character);
  return /[A-Za-z0-9]/.test(written.slice(1)) ? null : (character) => character === written.slice(1);
}

/** Ranges and single characters; a hyphen at either end is itself. */
function classOf(inner: string): Acceptor | null {
  const isNegated = inner.startsWith('^');
  const ranges: (readonly [from: string, to: string])[] = [];
  for (const [, from = '', to = from] of inner.slice(isNegated ? 1 : 0).matchAll(/(\\?.)(?:-(\\?[^\\]))?/gsu)) ranges.push([from.slice(-charLength(from)), to.slice(-charLength(to))]);
  return (character) => isNegated !== ranges.some(([from, to]) => isBetween(character, from, to));
}

function charLength(text: string): number {
  return text.startsWith('\\') && text.length > 1 ? text.length - 1 : text.length;
}

function isBetween(character: string, from: string, to: string): boolean {
  const [at, low, high] = [character, from, to].map((one) => one.codePointAt(0) ?? -1);
  return at !== undefined && low !== undefined && high !== undefined && low <= at && at <= high;
}

/** All states at once: after each character, the atoms that may come next. */
function matchesAtoms(atoms: readonly Atom[], characters: readonly string[], { isStart, isEnd }: { readonly isStart: boolean; readonly isEnd: boolean }): boolean {
  let states = reachable(new Set([0]), atoms);
  for (const character of characters) {
    if (!isEnd && states.has(atoms.length)) return true;
    const next = new Set<number>(isStart ? [] : [0]);
    for (const state of states) {
      const atom = atoms[state];
      if (atom?.accepts(character) !== true) continue;
      next.add(state + 1);
      if (atom.canRepeat) next.add(state);
    }
    states = reachable(next, atoms);
  }
  return states.has(atoms.length);
}

/** With every atom that may be left out. One that is repeating may also stop. */
function reachable(states: ReadonlySet<number>, atoms: readonly Atom[]): ReadonlySet<number> {
  const all = new Set(states);
  for (const state of all) if (atoms[state]?.canSkip === true) all.add(state + 1);
  return all;
}
