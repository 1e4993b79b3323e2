import type { CheckAction } from '../domain/effect.ts';
import { mendIdentifier } from '../domain/mend.ts';
import type { Mend, MendEdit } from '../domain/mend.ts';
import { shellWord } from '../domain/shell-word.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode, visible } from './escape.ts';
import { fitItems } from './fit-items.ts';
import type { RenderContext } from './render-context.ts';

/** Label of the button. GitHub takes 20 characters. */
const label = 'Mend the contracts';

const mostBytes = 12_000;

/** The button of a check, where there is something to mend and somebody may click. */
export function mendActions(mends: readonly Mend[], { mending }: Pick<RenderContext, 'mending'>): readonly CheckAction[] {
  if (mends.length === 0 || mending !== 'button') return [];
  return [{ label, description: `Commits ${count(mends.length, 'mended file')} to the branch`, identifier: mendIdentifier }];
}

/** What a click does, edit by edit, and the commands that do the same; for a fork, where no click can reach, the commands alone. */
export function mendSection(mends: readonly Mend[], { mending }: Pick<RenderContext, 'mending'>): string {
  if (mends.length === 0 || mending === undefined) return '';
  const opening =
    mending === 'button'
      ? `### One click mends ${count(mends.length, 'file')}\nThe button **${label}** commits exactly this to the branch, on this commit only, for somebody with write permission, who then counts as a contributor of the change. Findings that it does not name stay.`
      : `### ${count(mends.length, 'file')} can be mended mechanically\nThe branch is in a fork, where Plumbline can not write. The commands below do this:`;
  const edits = fitItems(mends, mendLine, { bytes: mostBytes, more: (left) => `… and ${count(left, 'more file')}.` });
  const commands = fitItems(mends, ({ path }) => `    plumbline contract bump ${clip(visible(shellWord(path)), 400)}`, { bytes: mostBytes / 2, more: (left) => `    # and ${count(left, 'more file')}` });
  return `${opening}\n\n${edits}\n\n${mending === 'button' ? 'By hand' : 'Commands'}:\n\n${commands}`;
}

function mendLine({ path, edits, codes }: Mend): string {
  const ended = codes.map((code) => markdownCode(code)).join(', ');
  return `- ${markdownCode(clip(path, 200))}: ${edits.map(editText).join(', ')} (ends ${ended})`;
}

function editText({ pointer, value }: MendEdit): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `${markdownCode(clip(pointer.slice(1), 100))} becomes ${markdownCode(clip(shown, 120))}`;
}
