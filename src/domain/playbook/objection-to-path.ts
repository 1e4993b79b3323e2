import { isRepositoryPath } from '../repository-path.ts';

/** What may not be written even below the root of a repository: git's own folder, and workflows where our App may not. */
export interface PathPermission {
  readonly mayWriteWorkflows: boolean;
}

export interface PathObjection {
  readonly found: string;
  readonly expected: string;
}

/** Why nothing is written at a path; null where it may be. */
export function objectionToPath(path: string, { mayWriteWorkflows }: PathPermission): PathObjection | null {
  if (!isRepositoryPath(path)) return { found: 'a path that leads out of the repository, or can be read in two ways', expected: 'a path below its root such as "docs/page.md"' };
  const segments = segmentsOf(path);
  if (segments.some((segment) => segment === '.git' || /^git~\d+$/.test(segment))) return { found: 'a path in the folder of git itself', expected: 'a path of the working tree' };
  return isWorkflowPath(path) && !mayWriteWorkflows ? { found: 'a workflow, which this App has no permission to write', expected: 'an issue that shows it: `open-issue` with `shows`' } : null;
}

/** Whether GitHub would run what stands there. */
export function isWorkflowPath(path: string): boolean {
  const [first, second] = segmentsOf(path);
  return first === '.github' && second === 'workflows';
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').map((segment) => asFileSystemsRead(segment));
}

/** Some file systems know a name in any case, without what can not be seen, and without points and spaces at its end. */
function asFileSystemsRead(segment: string): string {
  return segment.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').replace(/[. ]+$/, '').toLowerCase();
}
