export interface LineChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Pairs of lines that are compared; of more, all are shown as replaced. */
const comparedPairs = 4_000_000;

/** The lines of two texts side by side, by a longest common subsequence (Wagner and Fischer, 1974) of what lies between their common beginning and end. */
export function changedLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const most = Math.min(before.length, after.length);
  const start = shared(most, (index) => before[index] === after[index]);
  const end = shared(most - start, (index) => before.at(-1 - index) === after.at(-1 - index));
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return [...same(before.slice(0, start)), ...between(old, now), ...same(before.slice(before.length - end))];
}

function shared(most: number, isShared: (index: number) => boolean): number {
  let length = 0;
  while (length < most && isShared(length)) length += 1;
  return length;
}

function same(lines: readonly string[]): readonly LineChange[] {
  return lines.map((text) => ({ kind: 'same', text }));
}

function between(old: readonly string[], now: readonly string[]): readonly LineChange[] {
  if (old.length * now.length > comparedPairs) return [...old.map((text) => ({ kind: 'removed', text }) as const), ...now.map((text) => ({ kind: 'added', text }) as const)];
  const width = now.length + 1;
  const lengths = commonLengths(old, now, width);
  const changes: LineChange[] = [];
  for (let [a, b] = [0, 0]; a < old.length || b < now.length; ) {
    const [left, right] = [old[a], now[b]];
    if (left !== undefined && left === right) {
      changes.push({ kind: 'same', text: left });
      [a, b] = [a + 1, b + 1];
    } else if (right === undefined || (left !== undefined && (lengths[(a + 1) * width + b] ?? 0) >= (lengths[a * width + b + 1] ?? 0))) {
      changes.push({ kind: 'removed', text: left ?? '' });
      a += 1;
    } else {
      changes.push({ kind: 'added', text: right });
      b += 1;
    }
  }
  return changes;
}

/** Of the rests of both from each pair of lines on. */
function commonLengths(old: readonly string[], now: readonly string[], width: number): Uint32Array {
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      const at = a * width + b;
      lengths[at] = old[a] === now[b] ? (lengths[at + width + 1] ?? 0) + 1 : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}
