import { resolve } from 'node:path';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isFindingCode } from '../../domain/finding-code.ts';
import type { MeasuredDrift } from '../../domain/playbook/measured-drift.ts';
import { planOf } from '../../domain/playbook/plan-of.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { factsAbout } from '../../domain/playbook/playbook-facts.ts';
import { readDrift } from '../../domain/playbook/read-drift.ts';
import { terminalText } from '../../render/escape.ts';
import { planJson, planPretty, refusalJson, refusalPretty } from '../../render/playbook/plan-output.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { readNamedFile } from '../config/configuration-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { loadPlaybooks, playbookNamed, tellProblems } from './load-playbooks.ts';
import { LocalFacts } from './local-facts.ts';
import type { FactsPlace } from './local-facts.ts';

export interface DryRunOptions extends FactsPlace {
  readonly target?: string;
  readonly template?: string;
  readonly class?: string;
  readonly code?: string;
  /** A file with the whole drift, in place of the options before. */
  readonly drift?: string;
  readonly format: 'pretty' | 'json';
}

/** The exact plan against the working copy, with its diff and its rollback, on standard output. Nothing is written. */
export async function dryRunPlaybook(terminal: Terminal, id: string, options: DryRunOptions): Promise<number> {
  const directory = resolve(terminal.directory, options.repo);
  const collection = await loadPlaybooks(directory);
  tellProblems(terminal, collection);
  const { playbook } = playbookNamed(collection, id);
  const drift = options.drift === undefined ? statedDrift(playbook, options) : await driftIn(terminal, options.drift);
  const facts = new LocalFacts(terminal, options, await repositoryRoot(directory));
  try {
    const planning = await facts.plan(factsAbout(drift, terminal.now().toISOString(), false), (known) => planOf(playbook, known));
    if (facts.doubtful.length > 0) terminal.tell(`${terminalText(`Git alone does not tell what was released as ${facts.doubtful.slice(0, 5).join(', ')}: the first content of each that the branch had is taken. The App goes by its own record.`)}\n`);
    if (planning.kind === 'plan') {
      terminal.write(options.format === 'json' ? planJson(planning.plan) : planPretty(planning.plan, terminal.color));
      return exitCodes.allow;
    }
    if (options.format === 'json') terminal.write(refusalJson(planning.refusal));
    else terminal.tell(refusalPretty(planning.refusal, playbook.id));
    return exitCodes.deny;
  } finally {
    await facts.close();
  }
}

/** One difference, at the path that is named. */
function statedDrift({ trigger }: Playbook, { target, template, class: stated, code }: DryRunOptions): MeasuredDrift {
  if (target === undefined) throw new Failure('USAGE', 'Cannot plan: found no drift, expected --target <path>, or --drift <file> with the whole of it.');
  if (code !== undefined && !isFindingCode(code)) throw new Failure('USAGE', `Cannot plan: found the code ${JSON.stringify(code.slice(0, 80))}, expected that of a finding. They are listed in docs/findings/README.md.`);
  const reading = readDrift({ target, class: stated ?? trigger.classes.find((one) => one !== '*') ?? 'unknown', ...(code === undefined ? {} : { code }), differences: [{ path: target, ...(template === undefined ? {} : { template }) }] });
  if (reading.kind === 'drift') return reading.drift;
  throw new Failure('USAGE', `Cannot plan: ${reading.violations[0]?.message ?? 'the drift is not valid.'} Name a path of the repository with --target.`);
}

async function driftIn(terminal: Terminal, file: string): Promise<MeasuredDrift> {
  const { bytes } = await readNamedFile(terminal.directory, file);
  const document = readDocument(bytes, formatOf(file));
  if (document.kind === 'problem') throw new Failure('USAGE', `Cannot read ${JSON.stringify(file)}: line ${document.problem.position.line}, column ${document.problem.position.column}: ${document.problem.message}. Name a JSON or YAML file.`);
  const reading = readDrift(document.document.value);
  if (reading.kind === 'drift') return reading.drift;
  const [first] = reading.violations;
  const { line, column } = document.document.positionOf(first?.pointer ?? '');
  throw new Failure('USAGE', `Cannot use ${JSON.stringify(file)}: line ${line}, column ${column}: ${first?.message ?? 'it is no drift.'} ${first?.next ?? ''}`.trim());
}
