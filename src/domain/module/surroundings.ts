import type { Effort } from './effort.ts';
import type { PathSettings } from './path-settings.ts';
import type { RepositoryPaths } from './repository-paths.ts';
import type { WorkspacePackages } from './workspace-package.ts';

/** All that decides where an import leads. */
export interface Surroundings {
  readonly paths: RepositoryPaths;
  readonly packages: WorkspacePackages;
  /** Of the nearest settings of TypeScript; null: there are none. `unread`: they can not be read. */
  settingsAt(path: string, effort: Effort): PathSettings | 'unread' | null;
  /** Whether a file that is not there may be made when the project is built: git is told to ignore it. */
  isMadeLater(path: string, effort: Effort): boolean;
}
