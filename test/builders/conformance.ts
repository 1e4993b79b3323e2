import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of test data that others published, below the one that the environment names. */
export function conformanceFolder(part: string): string {
  return join(resolve(import.meta.dirname, '../..', process.env['PLUMBLINE_CONFORMANCE'] ?? '../shared/conformance'), part);
}

/** Options of a test that needs it: skipped with a reason that nobody overlooks. */
export function needsConformance(part: string): { readonly skip: string | false } {
  const folder = conformanceFolder(part);
  return { skip: existsSync(folder) ? false : `NOT PROVEN: no conformance data at ${part}; set PLUMBLINE_CONFORMANCE to its folder` };
}
