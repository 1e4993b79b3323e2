import type { OperationToCheck } from './check-operations.ts';

/** Where an operation is asked; null where `at` is another path than the operation's, or leaves the base URL. */
export function operationUrl(base: string, { path, at }: OperationToCheck): string | null {
  const root = URL.parse(base);
  if (root === null || !at.startsWith('/')) return null;
  const prefix = root.pathname.replace(/\/+$/, '');
  const url = URL.parse(`${root.origin}${prefix}${at}`);
  const asked = url?.pathname.startsWith(`${prefix}/`) === true ? url.pathname.slice(prefix.length).split('/') : [];
  const template = path.split('/');
  const fits = asked.length === template.length && template.every((part, index) => fitsPart(part, asked[index] ?? ''));
  return fits && url !== null ? url.href : null;
}

/** A part with a parameter anywhere in it takes any text that is not empty. */
function fitsPart(part: string, asked: string): boolean {
  return part.includes('{') ? asked !== '' : part === asked;
}
