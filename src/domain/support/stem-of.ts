/**
 * A word without its English endings, so that "caps", "capped" and "capping" are one. Coarse on purpose: claim and passage are cut
 * the same way, and nothing is verified by it.
 */
export function stemOf(word: string): string {
  if (word.length < 4) return word;
  return withoutLast(withoutVerbEnd(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function withoutVerbEnd(word: string): string {
  const cut = cutEnd(word);
  return cut !== word && /([^aeiouls])\1$/.test(cut) ? cut.slice(0, -1) : cut;
}

function cutEnd(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  return word.length > 5 && word.endsWith('ly') ? word.slice(0, -2) : word;
}

function withoutLast(word: string): string {
  if (word.length > 3 && word.endsWith('e')) return word.slice(0, -1);
  return word.length > 3 && word.endsWith('y') ? `${word.slice(0, -1)}i` : word;
}
