import { replaceExpressions } from './expressions-in.ts';
import { isOwnRef } from './own-refs.ts';

/**
 * A text in lower case, with one blank between its words and `$` for each value that only its run knows: a `${{ … }}` that the
 * base does not decide, and `${…}`. So nothing hides in how they are written.
 */
export function scriptText(script: string): string {
  return replaceExpressions(script, (expression) => (isOwnRef(expression) ? 'own' : '$'))
    .toLowerCase()
    .replaceAll(/\$\{[^{}\n]{0,200}\}/g, '$')
    .replaceAll(/\\\r?\n/g, ' ')
    .replaceAll(/[^\S\n]+/g, ' ');
}
