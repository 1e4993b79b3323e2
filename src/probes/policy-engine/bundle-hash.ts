import { hash } from 'node:crypto';

/** Written as it was: OPA hashes a number by its text. */
class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The SHA-256 that OPA signs a file of a bundle by ("Bundle file hashing" in its documentation): of the bytes, or, for
 * the manifest and data, of the value with its members in order. Null for what is no JSON.
 */
export function bundleHashOf(name: string, bytes: Uint8Array): string | null {
  if (name !== '.manifest' && name !== 'data.json') return hash('sha256', bytes, 'hex');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), (_name, member: unknown, context?: { readonly source?: string }) => (typeof member === 'number' ? new WrittenNumber(context?.source ?? String(member)) : member));
    return hash('sha256', orderedText(value), 'hex');
  } catch {
    return null;
  }
}

function orderedText(value: unknown): string {
  if (value instanceof WrittenNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(orderedText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return primitiveText(value);
  const members = Object.entries(value).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${members.map(([name, member]) => `${primitiveText(name)}:${orderedText(member)}`).join(',')}}`;
}

/** As Go writes it: two line separators that JavaScript leaves as they are. */
function primitiveText(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`);
}
