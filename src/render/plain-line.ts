import { clip } from './clip.ts';
import { visible } from './escape.ts';

/** One line for a title or a message of a commit, which GitHub does not read as Markdown: nothing in it is taken for a mention, a reference, a closing word or a trailer. */
export function plainLine(text: string, most: number): string {
  return clip(visible(text), most).replaceAll(/[@#]/g, ' ').replaceAll(/:\/\//g, ' ').replaceAll(/\bGH-(?=\d)/gi, 'GH ');
}
