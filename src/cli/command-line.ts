import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { failureOf } from '../domain/failure.ts';
import { clip } from '../render/clip.ts';
import { describeFailure } from '../render/describe-failure.ts';
import { terminalText } from '../render/escape.ts';
import { addAuditCommands } from './audit-commands.ts';
import { addCheckCommand } from './check/check-command.ts';
import type { Commands } from './commands.ts';
import { addConfigCommands } from './config/config-commands.ts';
import { addContractCommands } from './contract/contract-commands.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addDriftCommands } from './drift/drift-commands.ts';
import { addEvidenceCommands } from './evidence/evidence-commands.ts';
import { exitCodes } from './exit-codes.ts';
import { addInitCommand } from './init-command.ts';
import { addPlaybookCommands } from './playbook/playbook-commands.ts';
import { addPolicyCommands } from './policy/policy-commands.ts';
import { addSchemaCommands } from './schema/schema-commands.ts';
import { addServeCommand } from './serve-command.ts';
import { addSetupCommand } from './setup/setup-command.ts';
import type { Terminal } from './terminal.ts';
import { addUsageCommands } from './usage/usage-commands.ts';

/** Runs one command and gives its exit code. What a command needs is loaded when it runs, so that each starts fast. */
export async function runCommandLine(terminal: Terminal): Promise<number> {
  const code = await runCommand(terminal);
  const trouble = (await terminal.flushed?.()) ?? null;
  if (trouble === null) return code;
  terminal.tell(`Cannot write the result to standard output: ${terminalText(clip(trouble, 200))}. Run the command again with an output that takes it.\n`);
  return exitCodes.unknown;
}

async function runCommand(terminal: Terminal): Promise<number> {
  let code: number = exitCodes.allow;
  const program = programOf(terminal, (answered) => (code = answered));
  try {
    await program.parseAsync([...terminal.words], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.allow : exitCodes.usage;
    const failure = failureOf(thrown, 'GATE_FAILED');
    terminal.tell(`${describeFailure(failure)}\n`);
    return failure.code === 'USAGE' || failure.code === 'CONFIG_INVALID' ? exitCodes.usage : exitCodes.unknown;
  }
}

/** Complaints quote the words that were typed. */
function inertLines(text: string): string {
  return text.split('\n').map((line) => terminalText(line)).join('\n');
}

function programOf(terminal: Terminal, finish: (code: number) => void): Command {
  const program = new Command('plumbline')
    .description('Keeps repositories true while people and AI agents change them.')
    .version(manifest.version)
    .exitOverride()
    // What a command takes beside its sub-commands is not theirs.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and an example)')
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.tell, outputError: (text, write) => write(inertLines(text)), getOutHasColors: () => terminal.color.isColorSupported })
    .addHelpText('after', '\nExample:\n  plumbline check --base origin/main\n\nExit codes: 0 allow, 1 deny, 2 hold, 3 could not be known, 64 wrong usage.');
  const commands: Commands = { terminal, finish };
  for (const add of [addCheckCommand, addInitCommand, addContractCommands, addSchemaCommands, addConfigCommands, addPolicyCommands, addPlaybookCommands, addDriftCommands, addEvidenceCommands, addUsageCommands, addAuditCommands, addDoctorCommand, addSetupCommand, addServeCommand]) add(program, commands);
  return program;
}
