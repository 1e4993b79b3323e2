import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/**
 * Folders whose tests touch nothing outside of themselves but a directory or database of their own: those of a group run in one
 * process, since starting a process of its own costs most of them more than what they do. The groups are about as long as each
 * other. What starts git comes early, before its process is large: a process costs the more to start the larger the one is that
 * starts it. All other tests have a process each.
 */
export const sharingFolders = {
  judging: ['render', 'audit', 'bench', 'config', 'domain', 'gates/change', 'gates/contract', 'gates/drift', 'gates/governance', 'keys'],
  serving: ['anchors', 'flows', 'github', 'web', 'worker'],
  storing: ['store'],
  probing: ['probes/local-git', 'gates/hallucination', 'probes/modules', 'probes/judge', 'probes/packages', 'probes/behavior-sources', 'probes/policy-bundles', 'probes/schema-comparison', 'probes/schema-validation', 'probes/secrets', 'probes/signatures', 'probes/worker-threads'],
  policing: ['probes/policy-engine'],
  checking: ['repository'],
} as const;

/**
 * One after the other, each as if it were run alone: their suites stand side by side at the top of the test that calls this. None
 * begins before all are there, since what is to happen after the last test happens whenever there is none left.
 */
export async function runTogether(folders: readonly string[]): Promise<void> {
  const { promise: areThere, resolve } = Promise.withResolvers<undefined>();
  test('all files of these folders are there', () => areThere);
  try {
    for (const folder of folders) {
      for (const file of globSync(`${folder}/**/*.test.ts`, { cwd: import.meta.dirname }).toSorted()) await import(join(import.meta.dirname, file));
    }
  } finally {
    resolve(undefined);
  }
}
