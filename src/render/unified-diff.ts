import { FILE_HEADERS_ONLY, formatPatch } from 'diff';
import { filePatch } from './file-patch.ts';
import type { DiffedFile } from './file-patch.ts';

/** The change of one file in the unified format, raw, as `git apply` takes it: a path that could be read as something else is quoted as git quotes it. Empty where nothing changes. */
export function unifiedDiff(file: DiffedFile): string {
  const patch = filePatch(file);
  return patch.hunks.length === 0 ? '' : formatPatch(patch, FILE_HEADERS_ONLY);
}
