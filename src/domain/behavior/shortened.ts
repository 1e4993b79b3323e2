const most = 400;

/** Words that may quote a source, which is hostile: cut where they are long, without cutting a surrogate pair. */
export function shortened(words: string): string {
  if (words.length <= most) return words;
  const points = Array.from(words.slice(0, most * 2));
  return `${points.slice(0, most - 1).join('')}…`;
}
