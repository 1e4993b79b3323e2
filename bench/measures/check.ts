import { atMost } from '../measure.ts';
import type { Figure, Measure, MeasureOptions } from '../measure.ts';
import { buildCommand, sourceCommand } from '../parts/built-command.ts';
import { aContractHistory } from '../parts/contract-history.ts';
import { inFolder } from '../parts/folder.ts';
import { medianOf, rounds } from '../parts/rounds.ts';
import { runCommand } from '../parts/run-command.ts';
import type { Usage } from '../parts/measured-run.ts';

interface Range {
  readonly id: string;
  readonly contracts: number;
  readonly changed: number;
  /** Most seconds and megabytes. */
  readonly target: { readonly seconds: number; readonly megabytes: number } | null;
}

/** `plumbline check` as a process, from its start to its end: build the record, read, parse, hash, chain and validate, over packed git objects. */
export const check: Measure = {
  name: 'check',
  run: (options) =>
    inFolder(async (folder) => {
      options.say('building');
      const built = buildCommand(folder);
      const scale = options.quick ? 10 : 1;
      const many = { id: 'changed-1000', contracts: 1_000 / scale, changed: 1_000 / scale, target: { seconds: 1, megabytes: 300 } };
      const one = { id: 'one-of-10000', contracts: 10_000 / scale, changed: 1, target: null };
      // As many as one change may have: of more a person decides.
      const most = { id: 'changed-3000-of-10000', contracts: 10_000 / scale, changed: 3_000 / scale, target: { seconds: 10, megabytes: 1_024 } };
      return [
        ...(await judged(many, { folder, name: 'published', command: built }, options)),
        ...(await judged({ ...many, target: null }, { folder, name: 'sources', command: sourceCommand }, options)),
        ...(await judged(one, { folder, name: 'published', command: built }, options)),
        ...(await judged(most, { folder, name: 'published', command: built }, options)),
      ];
    }),
};

interface Command {
  readonly folder: string;
  readonly name: 'published' | 'sources';
  readonly command: string;
}

async function judged(range: Range, { folder, name, command }: Command, { quick, say }: MeasureOptions): Promise<readonly Figure[]> {
  say(`check of ${range.changed} changed contracts of ${range.contracts}, ${name}`);
  const history = aContractHistory(range);
  try {
    const words = ['check', '--repo', history.directory, '--base', 'main', '--head', 'topic', '--format', 'json'];
    const usages = await rounds(quick ? 1 : 5, async () => runCommand(command, words, folder));
    return figuresOf(range, name, usages);
  } finally {
    history.remove();
  }
}

function figuresOf({ id, contracts, changed, target }: Range, name: Command['name'], usages: readonly Usage[]): readonly Figure[] {
  const where = `${changed.toLocaleString('en')} of ${contracts.toLocaleString('en')} changed, ${name}`;
  const time = { unit: 's', better: 'lower', scales: 'speed' } as const;
  return [
    { id: `check.wall.${id}.${name}`, what: `check, ${where}`, value: medianOf(usages, ({ seconds }) => seconds), target: target === null ? null : atMost(target.seconds), ...time },
    { id: `check.cpu.${id}.${name}`, what: `  its CPU time`, value: medianOf(usages, ({ cpuSeconds }) => cpuSeconds), target: null, ...time },
    { id: `check.memory.${id}.${name}`, what: `  its memory at most`, value: medianOf(usages, ({ memoryMb }) => memoryMb), unit: 'MB', better: 'lower', scales: 'none', target: target === null ? null : atMost(target.megabytes) },
  ];
}
