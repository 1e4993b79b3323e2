import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';

/** Members of one object above which a schema is not compiled: its code grows with them. */
const maximumMembers = 2_000;

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
    const members: readonly JsonValue[] = Object.values(value);
    if (!Array.isArray(value) && members.length > maximumMembers) return `more than ${maximumMembers} members in one object`;
    for (const member of members) pending.push({ value: member, depth: depth + 1 });
  }
  return null;
}
