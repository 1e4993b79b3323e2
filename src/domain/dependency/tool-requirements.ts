import type { Dependency } from './dependency.ts';
import { pythonRequirement } from './python-requirement.ts';
import { isTable, tableAt, textAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';

/** Tools that install what their lists name, wherever these stand: environments, hooks of the build, groups. */
const installers = ['hatch', 'uv', 'pdm', 'rye', 'flit'];

/** @param tools The table `tool` of `pyproject.toml`. */
export function toolRequirements(tools: TomlTable): readonly Dependency[] {
  return installers.flatMap((tool) => requirementsBelow(tableAt(tools, tool), tool));
}

interface Part {
  readonly value: TomlValue;
  /** The names that lead to it. */
  readonly kind: string;
  /** Whether one of them says that requirements stand here. */
  readonly isListed: boolean;
}

/** What the lists of one tool name. Tables nest as deep as their author likes: walked without recursion. */
export function requirementsBelow(table: TomlTable, tool: string): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: Part[] = [{ value: table, kind: tool, isListed: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, kind, isListed } = next;
    if (typeof value === 'string' && isListed) found.push(pythonRequirement(value, kind));
    else for (const part of partsOf(next).toReversed()) open.push(part);
  }
  return found;
}

const listed = /^(?:(?!exclude-)[a-z-]{1,40}-)?dependencies$|^requires(?:-dist|-extra)?$|^dev-requires$|^plugins$/;

/** An item of a list may be a table with conditions beside the requirement. Of texts in any other table none is one. */
function partsOf({ value, kind, isListed }: Part): readonly Part[] {
  if (Array.isArray(value)) return value.map((one) => ({ value: one, kind, isListed }));
  if (!isTable(value)) return [];
  const requirement = isListed ? (textAt(value, 'value') ?? textAt(value, 'requirement')) : null;
  if (requirement !== null) return [{ value: requirement, kind, isListed }];
  const below = Object.entries(value).filter(([name, one]) => (typeof one !== 'string' || listed.test(name)) && name !== filesHook);
  return below.map(([name, one]) => ({ value: one, kind: kind.length > 100 ? kind : `${kind}.${name}`, isListed: isListed || listed.test(name) }));
}

/** Its lists name files. */
const filesHook = 'requirements_txt';

/** Files that Hatch takes packages from. @param hatch Its table. */
export function filesOfHatch(hatch: TomlTable): readonly string[] {
  const hook = tableAt(hatch, 'metadata', 'hooks', filesHook);
  return [hook['files'], Object.values(tableAt(hook, 'optional-dependencies'))].flat(2).filter((name) => typeof name === 'string');
}
