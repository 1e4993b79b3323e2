/** Why a file that was named could not be read, in words. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EISDIR') return 'it is a directory, expected a file';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : 'it can not be read';
}
