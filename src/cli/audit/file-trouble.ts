/** Why a file could not be read, in words. */
export function fileTrouble(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  switch ('code' in thrown ? thrown.code : null) {
    case 'ENOENT':
      return 'found no such file';
    case 'EISDIR':
      return 'found a directory, expected a file';
    default:
      return thrown.message;
  }
}
