import { quoted } from '../../../domain/finding.ts';

const longest = 4096;

/** Why no file of a repository can stand at a path, whatever the repository has; null where one could. */
export function objectionToPath(path: string): string | null {
  if (path === '') return 'no path is named';
  if (path.length > longest) return `the path has ${path.length} characters, expected at most ${longest}`;
  if (!path.isWellFormed()) return `${quoted(path.toWellFormed())} holds half a character`;
  if (/\p{Cc}/u.test(path)) return `${quoted(path)} holds a control character`;
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return `${quoted(path)} is no path from the root of the repository`;
  return parts[0]?.toLowerCase() === '.git' ? `${quoted(path)} is git's own` : null;
}
