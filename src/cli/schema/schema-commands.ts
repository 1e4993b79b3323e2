import { Option } from 'commander';
import type { Command } from 'commander';
import type { Preset, SchemaMode } from '../../domain/compatibility/comparison.ts';
import type { CheckOptions } from '../check/check-command.ts';
import { withRangeOptions } from '../check/range-options.ts';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';

export interface CompareOptions {
  readonly mode: SchemaMode;
  readonly preset: Preset;
  readonly format: 'pretty' | 'json';
}

export function addSchemaCommands(program: Command, { terminal, finish }: Commands): void {
  const schema = program.command('schema').description('Work on JSON Schemas.').addHelpText('after', exampleOf('plumbline schema compare released.schema.json changed.schema.json', 'plumbline schema check --base origin/main'));
  schema
    .command('compare')
    .description('Tell whether two versions of a JSON Schema are compatible, and show a document that breaks where they are not.')
    .argument('<old>', 'the older version, a JSON or YAML file')
    .argument('<new>', 'the newer version')
    .addOption(new Option('--mode <mode>', 'backward: the newer reads what the older wrote; forward: the other way round; full: both').choices(['backward', 'forward', 'full']).default('backward'))
    .addOption(new Option('--preset <preset>', 'lenient accepts an added optional property in an open object').choices(['semantic', 'lenient']).default('semantic'))
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline schema compare released.schema.json changed.schema.json', 'plumbline schema compare v1.yaml v2.yaml --mode full --format json')}\n\nExit codes: 0 compatible, 1 breaking, 3 undecided, 64 wrong usage.`)
    .action(async (older: string, newer: string, options: CompareOptions) => {
      const { compareFiles } = await import('./compare-files.ts');
      finish(await compareFiles(terminal, older, newer, options));
    });
  withRangeOptions(schema.command('check'))
    .description('Judge what a range of commits, or the working tree, does to the governed schemas: the schema part of plumbline check.')
    .addHelpText('after', exampleOf('plumbline schema check', 'plumbline schema check --base origin/main --format github', 'plumbline schema check --worktree'))
    .action(async (options: CheckOptions) => {
      const [{ runCheck }, { schemaGates }] = await Promise.all([import('../check/run-check.ts'), import('./schema-gates.ts')]);
      finish(await runCheck(terminal, options, { asked: schemaGates }));
    });
}
