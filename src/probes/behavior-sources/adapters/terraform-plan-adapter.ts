import { compared } from '../../../domain/behavior/compared.ts';
import { plannedChanges } from '../../../domain/behavior/planned-changes.ts';
import type { SourceReading } from '../../../domain/behavior/source-reading.ts';
import { digestOfBytes } from '../../../domain/digest.ts';
import { quoted } from '../../../domain/finding.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { Clock } from '../../../flows/ports/clock.ts';
import type { GitHubRepository } from '../../../flows/ports/github-repository.ts';
import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import type { SourceAdapter, SourceOf } from '../behavior-reader.ts';
import { fetchArchive } from '../terraform/fetch-archive.ts';
import type { ArchiveRules, FetchedArchive } from '../terraform/fetch-archive.ts';
import { planLimits } from '../terraform/plan-limits.ts';
import { readZippedFile } from '../terraform/read-zipped-file.ts';

export interface TerraformPlanPorts {
  readonly github: Pick<GitHubRepository, 'findArtifact' | 'artifactUrl' | 'namesAt'>;
  readonly archives: ArchiveRules;
  readonly clock: Clock;
}

/**
 * What the plan would change that the workflow's newest successful run on the head left behind; without a head, on the base. A
 * plan is a statement of the workflow: one that ran otherwise than the base has it is named with the answer.
 */
export function terraformPlanAdapter(ports: TerraformPlanPorts): SourceAdapter<'terraform-plan'> {
  return async (source, { base, head }) => {
    const { workflow } = source;
    if (!/^\.github\/workflows\/[^/]+$/.test(workflow)) return noSignal(`${quoted(workflow)} is no workflow, expected a file in .github/workflows`);
    const reading = await planAt(ports, source, head ?? base);
    if (reading.kind !== 'answered' || head === null) return reading;
    const [before, ran] = await ports.github.namesAt([base, head].map((commit) => ({ commit, path: workflow })));
    if (ran?.kind !== 'blob') return noSignal(`${quoted(workflow)}, which planned, is no file at ${head.slice(0, 12)}`);
    return before?.kind === 'blob' && before.name === ran.name ? reading : { ...reading, madeBy: { path: workflow, blob: ran.name } };
  };
}

async function planAt(ports: TerraformPlanPorts, { workflow, artifact: name, file }: SourceOf<'terraform-plan'>, commit: Sha): Promise<SourceReading> {
  const found = await ports.github.findArtifact({ workflow, head: commit, name });
  switch (found.kind) {
    case 'no-run':
      return { kind: 'no-samples', why: `${quoted(workflow)} has no successful run on ${commit.slice(0, 12)}${found.other === null ? '' : ` itself: of one by ${quoted(found.other)} nobody tells what it ran on. Start it by push too`}` };
    case 'no-artifact':
      return noSignal(found.why);
    case 'artifact': {
      if (found.size > planLimits.archiveBytes) return noSignal(`the artifact ${quoted(name)} has ${found.size} bytes, expected at most ${planLimits.archiveBytes}`);
      const archive = asStated(await fetchArchive(await ports.github.artifactUrl(found.id), ports.archives), found.digest);
      return archive.kind === 'no-signal' ? archive : await readPlan(archive.bytes, file, ports.clock);
    }
  }
}

function asStated(archive: FetchedArchive, digest: string | null): FetchedArchive | NoSignal {
  if (archive.kind === 'no-signal' || digest === null || digestOfBytes(archive.bytes) === digest) return archive;
  return noSignal('the artifact that was fetched is not the one whose digest GitHub states');
}

async function readPlan(archive: Uint8Array, file: string, clock: Clock): Promise<SourceReading> {
  const found = await readZippedFile(archive, file, { files: planLimits.files, bytes: planLimits.planBytes });
  if (found.kind === 'refused') return noSignal(`the artifact can not be read for ${quoted(file)}: ${found.why}`);
  const value = jsonIn(found.bytes);
  const plan = value === undefined ? ({ kind: 'unreadable', why: 'no JSON in UTF-8' } as const) : plannedChanges(value);
  return plan.kind === 'unreadable' ? noSignal(`${quoted(file)} is ${plan.why}`) : compared(plan.differences, clock.now());
}

/** Undefined for what is none. Plans are larger than governed documents may be. */
function jsonIn(bytes: Uint8Array): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}
