import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';

/** Which limit a value is over; null when it is within all. Walks without recursion: the depth is what is measured. */
export function excessOf(root: JsonValue): string | null {
  const pending: { readonly value: JsonValue; readonly depth: number }[] = [{ value: root, depth: 1 }];
  let nodes = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    nodes += 1;
    if (nodes > limits.nodes) return `more than ${limits.nodes} values`;
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > limits.depth) return `more than ${limits.depth} levels`;
    for (const member of Object.values(value)) pending.push({ value: member, depth: depth + 1 });
  }
  return null;
}
