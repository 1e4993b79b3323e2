/** What a file of the repository names by a path, from the folder of that file. Null for what leads out of the repository, or may: some programs take `~` for a home, and what is escaped for something else. */
export function pathFrom(path: string, name: string): string | null {
  if (/^(?:[/\\~]|[a-z][a-z\d+.-]*:)|%/i.test(name)) return null;
  const segments = path.split('/').slice(0, -1);
  for (const segment of name.replaceAll('\\', '/').split('/')) {
    if (segment === '..' && segments.pop() === undefined) return null;
    if (segment !== '' && segment !== '.' && segment !== '..') segments.push(segment);
  }
  return segments.join('/');
}
