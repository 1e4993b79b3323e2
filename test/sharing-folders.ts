import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Folders whose tests touch nothing outside of themselves but a directory or database of their own: those of a group run in one
 * process, since starting a process of its own costs most of them more than what they do. The groups are about as long as each
 * other. All other tests have a process each.
 */
export const sharingFolders = {
  judging: ['audit', 'bench', 'config', 'domain', 'gates', 'render'],
  serving: ['flows', 'github', 'web', 'worker'],
  storing: ['store'],
} as const;

/** One after the other, each as if it were run alone: their suites stand side by side at the top of the test that calls this. */
export async function runTogether(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (const file of globSync(`${folder}/**/*.test.ts`, { cwd: import.meta.dirname }).toSorted()) await import(join(import.meta.dirname, file));
  }
}
