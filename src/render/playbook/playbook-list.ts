import { mayMergeByItself } from '../../domain/playbook/playbook.ts';
import type { PlaybookTrigger } from '../../domain/playbook/playbook.ts';
import { isEverTriggered } from '../../domain/playbook/observed-classes.ts';
import type { SourcedPlaybook } from '../../domain/playbook/collect-playbooks.ts';
import { inertJson, terminalText } from '../escape.ts';
import type { Paint } from '../format-options.ts';

export function playbookListPretty(playbooks: readonly SourcedPlaybook[], color: Paint): string {
  const rows = [['id', 'version', 'tier', 'category', 'trigger', 'triggered by', 'source'], ...playbooks.map((one) => rowOf(one))];
  const widths = rows.reduce<readonly number[]>((before, row) => row.map((cell, index) => Math.max(before[index] ?? 0, cell.length)), []);
  return rows.map((row, index) => painted(row.map((cell, at) => terminalText(at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '), index === 0, color)).join('');
}

function painted(line: string, isHead: boolean, color: Paint): string {
  return `${isHead ? color.dim(line) : line}\n`;
}

function rowOf({ playbook, path, isBuiltin }: SourcedPlaybook): readonly string[] {
  const { id, version, tier, category, trigger } = playbook;
  return [id, version, String(tier), category, [...trigger.codes, ...trigger.classes].join(' '), triggeredBy(trigger), isBuiltin ? 'built-in' : path];
}

/** What ever asks for a playbook: one for which nothing does is used on the command line alone. */
export function triggeredBy(trigger: PlaybookTrigger): string {
  return isEverTriggered(trigger) ? 'scans' : 'nothing yet';
}

export function playbookListJson(playbooks: readonly SourcedPlaybook[]): string {
  const shown = playbooks.map(({ playbook, path, isBuiltin }) => {
    const { id, version, title, tier, category, trigger } = playbook;
    return { id, version, title, tier, category, trigger, triggeredBy: isEverTriggered(trigger) ? 'scans' : null, mayMergeByItself: mayMergeByItself(playbook), source: isBuiltin ? 'built-in' : path };
  });
  return `${inertJson({ version: 1, playbooks: shown })}\n`;
}
