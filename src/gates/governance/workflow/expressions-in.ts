/** What stands between `${{` and `}}` in a text, in order; an end inside quotes is none. */
export function expressionsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${{'); start !== -1; ) {
    const end = endOf(text, start + 3);
    found.push(text.slice(start + 3, end).trim());
    start = text.indexOf('${{', end);
  }
  return found;
}

function endOf(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith('}}', at)) return at;
  }
  return text.length;
}
