/** More alternatives than this are refused: `{a,b}{a,b}…` doubles with each pair. */
export const maxAlternatives = 64;

/**
 * The alternatives of `{a,b}`, nested ones included; braces without a comma stand for themselves.
 * Null when there are more than `maxAlternatives`.
 */
export function expandBraces(glob: string): readonly string[] | null {
  const done: string[] = [];
  const pending = [glob];
  for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
    const group = firstGroup(text);
    if (group === null) done.push(text);
    else pending.push(...group);
    if (done.length + pending.length > maxAlternatives) return null;
  }
  return done;
}

/** The text once for each arm of its first brace group; null when it has none. */
function firstGroup(text: string): readonly string[] | null {
  for (let start = 0; start < text.length; start += 1) {
    if (text[start] === '\\') start += 1;
    else if (text[start] === '[') start = endOfClass(text, start);
    else if (text[start] === '{') {
      const arms = armsAt(text, start);
      if (arms !== null) return arms;
    }
  }
  return null;
}

function armsAt(text: string, start: number): readonly string[] | null {
  const cuts = [start];
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === '[') index = endOfClass(text, index);
    else if (character === '{') depth += 1;
    else if (character === ',' && depth === 1) cuts.push(index);
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return cuts.length === 1 ? null : join(text, [...cuts, index]);
    }
  }
  return null;
}

function join(text: string, cuts: readonly number[]): readonly string[] {
  const before = text.slice(0, cuts[0]);
  const after = text.slice((cuts.at(-1) ?? text.length) + 1);
  return cuts.slice(1).map((cut, index) => `${before}${text.slice((cuts[index] ?? 0) + 1, cut)}${after}`);
}

/** Where a bracket that opens at `start` closes; `start` when it does not. */
export function endOfClass(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === ']') return index;
  }
  return start;
}
