/** Cuts the first word off a line. Both are empty at its end. */
export function cutWord(line: string): { readonly word: string; readonly rest: string } {
  const end = line.search(/[ \t]/);
  return end === -1 ? { word: line, rest: '' } : { word: line.slice(0, end), rest: line.slice(end).trim() };
}
