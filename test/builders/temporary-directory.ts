import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for a whole suite, which removes it at its end. */
export function aTemporaryDirectory(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
