import type { Mend } from '../domain/mend.ts';
import type { Sha } from '../domain/tree.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { visible } from './escape.ts';

export interface MendMessage {
  readonly mends: readonly Mend[];
  readonly head: Sha;
  /** Idempotency key: by this trailer the commit is found again. */
  readonly key: string;
  readonly login: string;
}

/** What the commit says: what, why, and who asked for it. Paths come from the change; a login is not written as a mention. */
export function mendMessage({ mends, head, key, login }: MendMessage): { readonly headline: string; readonly body: string } {
  const [only] = mends;
  const what = only !== undefined && mends.length === 1 ? plain(only.path, 50) : count(mends.length, 'contract');
  const lines = mends.map(({ path, edits }) => `- ${plain(path, 200)}: ${edits.map(({ pointer }) => plain(pointer.slice(1), 60)).join(', ')}`);
  const trailers = [`Requested-by: ${plain(login, 110)}`, `Plumbline-Mend: ${key}`];
  return { headline: `Mend ${what}`, body: [`As the check of ${head} offered:`, '', ...lines, '', ...trailers].join('\n') };
}

/** One line without anything that a terminal performs, GitHub links or a trailer could be mistaken for. */
function plain(text: string, most: number): string {
  return clip(visible(text), most).replaceAll(/[@#]/g, ' ');
}
