/** What stands between `${{` and `}}` in a text, in order; an end inside quotes is none. */
export function expressionsIn(text: string): readonly string[] {
  const found: string[] = [];
  replaceExpressions(text, (expression) => {
    found.push(expression);
    return '';
  });
  return found;
}

/** A text with something else in place of each `${{ … }}`. */
export function replaceExpressions(text: string, replaced: (expression: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf('${{'); start !== -1; start = text.indexOf('${{', from)) {
    const end = endOf(text, start + 3);
    parts.push(text.slice(from, start), replaced(text.slice(start + 3, end).trim()));
    from = Math.min(end + 2, text.length);
  }
  return parts.join('') + text.slice(from);
}

function endOf(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith('}}', at)) return at;
  }
  return text.length;
}
