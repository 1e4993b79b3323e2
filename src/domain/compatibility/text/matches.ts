/** Whether a pattern is found in a text, as the validator finds it; null for a pattern that does not compile. Runs what a pull request wrote: only where it can be stopped. */
export function matches(source: string, text: string): boolean | null {
  const pattern = patterns.get(source) ?? compile(source);
  if (patterns.size > 2_000) patterns.clear();
  patterns.set(source, pattern);
  return pattern === 'broken' ? null : pattern.test(text);
}

const patterns = new Map<string, RegExp | 'broken'>();

function compile(source: string): RegExp | 'broken' {
  try {
    return new RegExp(source, 'u');
  } catch {
    return 'broken';
  }
}
