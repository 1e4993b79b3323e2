import { closingDays } from '../../domain/remediation/closing-days.ts';
import type { RollbackPlanning } from '../../domain/playbook/rollback-planning.ts';
import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { markdownCode, markdownText, visible } from '../escape.ts';

export interface RollbackFacts {
  readonly behavior: string;
  /** Number of the remediation that is undone. */
  readonly number: number;
  readonly plan: Extract<RollbackPlanning, { kind: 'plan' }>;
  /** Who asked for it. */
  readonly login: string;
}

/** Files that a text lists. */
const mostFiles = 50;

/** The pull request that undoes a remediation after its merge. */
export function rollbackRequestText({ behavior, number, plan, login }: RollbackFacts): { readonly title: string; readonly text: string; readonly message: string } {
  const { playbook, files, unsigned } = plan;
  const by = `${playbook.id} ${playbook.version}`;
  const listed = files.slice(0, mostFiles).map(({ path, text }) => `- ${markdownCode(clip(path, 200))}: ${text === null ? 'deleted' : 'written'}`);
  const rest = files.length > mostFiles ? [`- and ${count(files.length - mostFiles, 'more file')}`] : [];
  const signers = unsigned.map(({ path, key }) => `${markdownCode(clip(path, 200))} comes unsigned: whoever holds ${key === null ? 'its key' : `the key ${markdownCode(clip(key, 200))}`} signs it before the merge.`);
  const text = [
    `${markdownText(clip(login, 100))} asked to undo #${number}, which remediated ${markdownCode(behavior)}.`,
    `**What this change does.** As the playbook ${markdownCode(by)} says:\n\n${[...listed, ...rest].join('\n')}`,
    ...signers,
    `**What follows.** The same drift is not remediated again for ${closingDays.human} days; \`/plumbline unsuppress ${behavior}\` takes that back. Whoever asked counts as a contributor and does not approve this.`,
  ].join('\n\n');
  return { title: `Roll back the remediation of ${plain(behavior)} in #${number}`, text, message: `Roll back the remediation of ${plain(behavior)}\n\nBy the playbook ${by}.` };
}

/** What our one comment says of a pull request that is closed because somebody asked. */
export function rolledBackNote(login: string, behavior: string): string {
  return `${markdownText(clip(login, 100))} rolled this back: Plumbline closes it and deletes its branch. The same drift is not remediated again for ${closingDays.human} days; \`/plumbline unsuppress ${behavior}\` takes that back.`;
}

function plain(behavior: string): string {
  return clip(visible(behavior), 63).replaceAll(/[@#]/g, ' ');
}
