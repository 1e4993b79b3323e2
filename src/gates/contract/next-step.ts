import type { BumpLevel } from '../../domain/contract/change-class.ts';
import { leaveToApp } from '../../domain/left-to-app.ts';
import { pathWord, shellWord } from '../../domain/shell-word.ts';
import type { Sha } from '../../domain/tree.ts';

/** The command that makes a contract the successor of the newest release: version, reference and checksum. */
export function bumpIt(path: string, level: BumpLevel | null = null): string {
  return `Run \`plumbline contract bump ${shellWord(path)}${level === null ? '' : ` --level ${level}`}\` and commit the result.`;
}

/** The command that takes a file back to what a commit has. */
export function restoreAt(commit: Sha, path: string): string {
  return `Run \`git checkout ${commit} -- ${pathWord(path)}\` and commit the result.`;
}

/** The command that moves a contract on to another state. */
export function advance(path: string, command: 'release' | 'deprecate' | 'retire'): string {
  return `Run \`plumbline contract ${command} ${shellWord(path)}\` and commit the result.`;
}

/** Git alone does not tell what the judgement rests on. */
export const letGitHubTell = leaveToApp('GitHub tells it which commits came together');
