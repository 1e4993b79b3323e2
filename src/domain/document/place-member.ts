import type { DocumentMember } from './document-part.ts';

/** Beside which member a new one goes. */
export interface Place {
  readonly member: DocumentMember;
  readonly side: 'before' | 'after';
}

/** Behind the nearest that comes before it in this order, before the nearest that comes behind it, or at the end; null in an empty object. */
export function placeMember(members: readonly DocumentMember[], name: string, order: readonly string[]): Place | null {
  const index = order.indexOf(name);
  const find = (wanted: string) => members.find((member) => member.name === wanted);
  const [before] = (index === -1 ? [] : order.slice(0, index).toReversed()).flatMap((one) => find(one) ?? []);
  if (before !== undefined) return { member: before, side: 'after' };
  const [behind] = (index === -1 ? [] : order.slice(index + 1)).flatMap((one) => find(one) ?? []);
  if (behind !== undefined) return { member: behind, side: 'before' };
  const last = members.at(-1);
  return last === undefined ? null : { member: last, side: 'after' };
}
