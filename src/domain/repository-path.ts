/** Whether a text names one place below the root of a repository, in one way only: no empty, `.` or `..` segment, no backslash, colon or control character. */
export function isRepositoryPath(text: string): boolean {
  return !/[:\\\p{Cc}]/u.test(text) && text.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
