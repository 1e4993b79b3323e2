import { quoted } from '../finding.ts';
import { isPlainFile } from '../tree.ts';
import type { FileSide } from '../tree.ts';
import type { ManagedFile } from './behavior-source.ts';
import type { FileDifference, FileState } from './difference.ts';

export type FileComparison = { readonly kind: 'compared'; readonly differences: readonly FileDifference[] } | { readonly kind: 'incomparable'; readonly why: string };

/**
 * Managed files against their templates, by mode and by git's name of their content: nothing of them is read. One template that
 * is no file says nothing of any.
 * @param templateOf What stands at a template as the behaviour names it; null: nothing.
 * @param foundAt What stands at a path; null: nothing.
 */
export function compareFiles(files: readonly ManagedFile[], templateOf: (template: string) => FileSide | null, foundAt: (path: string) => FileSide | null): FileComparison {
  const differences: FileDifference[] = [];
  for (const { path, template } of files) {
    const expected = templateOf(template);
    if (expected === null || !isPlainFile(expected)) return { kind: 'incomparable', why: `the template ${quoted(template)} is ${expected === null ? 'not there' : 'no file'}, expected a file` };
    const found = foundAt(path);
    if (found !== null && found.blob.length !== expected.blob.length) return { kind: 'incomparable', why: `the template ${quoted(template)} stands in a repository that names content in another way, expected the same hash` };
    const kind = kindOf(expected, found);
    if (kind !== null) differences.push({ kind, path, template, expected: stateOf(expected), found: found === null ? null : stateOf(found) });
  }
  return { kind: 'compared', differences };
}

function kindOf(expected: FileSide, found: FileSide | null): FileDifference['kind'] | null {
  if (found === null) return 'missing';
  if (found.blob !== expected.blob || !isPlainFile(found)) return 'changed';
  return found.mode === expected.mode ? null : 'mode';
}

function stateOf({ blob, mode }: FileSide): FileState {
  return { blob, mode };
}
