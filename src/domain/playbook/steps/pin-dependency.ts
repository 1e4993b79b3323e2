import { quoted } from '../../finding.ts';
import type { FileStep } from '../playbook-step.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';
import { pinInPackageJson } from './pin-in-package-json.ts';
import { pinInRequirements } from './pin-in-requirements.ts';

export interface Pinning {
  readonly path: string;
  readonly name: string;
  /** Null: what the lock file beside has. */
  readonly version: string | null;
  readonly to: Extract<FileStep, { kind: 'pin-dependency' }>['to'];
}

/** Each package that drifted in a manifest is wanted in one version and no other, or is wanted no more. */
export function pinDependency(world: StepWorld, { to }: Extract<FileStep, { kind: 'pin-dependency' }>, path: string): Writing {
  const packages = world.facts.drift.differences.filter((one) => one.path === path && one.name !== null);
  if (packages.length === 0) throw refusing({ kind: 'dependency', path, found: 'a drift that names no package', expected: 'the package, as `name` of a difference', next: 'Name the package.' });
  return packages.reduce((written, { name, expected }) => new Map([...written, ...pinned({ ...world, written }, { path, name: name ?? '', version: typeof expected === 'string' ? expected : null, to })]), world.written);
}

function pinned(world: StepWorld, pinning: Pinning): Writing {
  const file = pinning.path.split('/').at(-1) ?? '';
  if (file === 'package.json') return pinInPackageJson(world, pinning);
  if (isRequirements(pinning.path)) return pinInRequirements(world, pinning);
  throw refusing({ kind: 'dependency', path: pinning.path, found: `the file ${quoted(file)}`, expected: 'a package.json or a requirements file', next: 'Pin it with the tool that writes the file.' });
}

/** Names that people give to what pip reads: `requirements-dev.txt`, `requirements/base.in`, `constraints.txt`. */
function isRequirements(path: string): boolean {
  const [file = '', folder = ''] = path.toLowerCase().split('/').toReversed();
  return /\.(?:txt|in)$/.test(file) && (/^(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?$/.test(file.replace(/\.(?:txt|in)$/, '')) || folder === 'requirements');
}
