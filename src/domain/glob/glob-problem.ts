import { endOfClass, expandBraces, maxAlternatives } from './expand-braces.ts';

/** What is wrong with a path pattern, in words that follow "found"; null when nothing is. */
export function globProblem(glob: string): string | null {
  if (glob === '') return 'an empty pattern';
  if (glob.length > 256) return 'more than 256 characters';
  if (/\p{Cc}/u.test(glob)) return 'a control character';
  return shapeProblem(glob) ?? segmentProblem(glob) ?? bracketProblem(glob);
}

function shapeProblem(glob: string): string | null {
  if (glob.startsWith('!')) return 'a leading `!`, which would match everything else';
  if (glob.startsWith('/')) return 'a leading `/`; patterns start at the root of the repository anyway';
  if (/[?*+@!]\(/.test(glob)) return 'an extended pattern like `@(a|b)`; write `{a,b}`';
  if (/\{[^{},/]*\.\.[^{},/]*\}/.test(glob)) return 'a range in braces; list the values';
  return null;
}

function segmentProblem(glob: string): string | null {
  const alternatives = expandBraces(glob);
  if (alternatives === null) return `more than ${maxAlternatives} alternatives in braces`;
  const segments = alternatives.flatMap((alternative) => alternative.split('/'));
  if (segments.includes('')) return 'an empty part between slashes';
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'a `.` or `..` part';
  return null;
}

function bracketProblem(glob: string): string | null {
  let depth = 0;
  for (let index = 0; index < glob.length; index += 1) {
    const character = glob[index];
    if (character === '\\') {
      if (index + 1 === glob.length) return 'a backslash at the end';
      index += 1;
    } else if (character === '[') {
      const close = endOfClass(glob, index);
      const inside = glob.slice(index + 1, close);
      if (close === index) return 'a `[` that is not closed';
      if (/^[!^]?$/.test(inside) || inside.includes('[:') || inside.includes('/')) return `the character set \`[${inside}]\``;
      index = close;
    } else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth < 0) return 'a `}` that opens nowhere';
  }
  return depth > 0 ? 'a `{` that is not closed' : null;
}
