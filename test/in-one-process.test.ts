import { globSync } from 'node:fs';
import { join } from 'node:path';
import { sharingFolders } from './sharing-folders.ts';

// One after the other, each as if it were run alone: their suites stand side by side at the top of this one.
for (const folder of sharingFolders) {
  for (const file of globSync(`${folder}/**/*.test.ts`, { cwd: import.meta.dirname }).toSorted()) await import(join(import.meta.dirname, file));
}
