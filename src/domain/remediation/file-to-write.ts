import type { FileMode } from '../tree.ts';

/** What a remediation makes of one path; `text: null` deletes it. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string | null;
  readonly mode: Extract<FileMode, '100644' | '100755'>;
}
