import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { pythonRequirement } from './python-requirement.ts';
import { tableDependencies } from './table-dependencies.ts';
import { filesOfHatch, requirementsBelow, toolRequirements } from './tool-requirements.ts';
import { toldIndex } from './told-index.ts';
import { flatEntries, isTable, listAt, readToml, tableAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';
import { uvSettings } from './uv-settings.ts';

/** The project's own table, groups, the build, and the tables of tools that install packages. */
export function readPyproject(text: string): DependencyFacts {
  const table = readToml(text);
  const project = tableAt(table, 'project');
  const tools = tableAt(table, 'tool');
  const [poetry, uv, pdm] = [tableAt(tools, 'poetry'), tableAt(tools, 'uv'), tableAt(tools, 'pdm')];
  const dependencies = [
    ...requirements(listAt(project, 'dependencies'), 'dependencies'),
    ...groups(tableAt(project, 'optional-dependencies'), 'optional-dependencies'),
    ...groups(tableAt(table, 'dependency-groups'), 'dependency-groups'),
    ...requirements(listAt(tableAt(table, 'build-system'), 'requires'), 'build-system'),
    ...ofPoetry(poetry),
    ...toolRequirements(tools),
    ...tableDependencies(tableAt(uv, 'sources'), 'uv.sources').filter(({ source }) => source !== null),
    ...tableDependencies(tableAt(pdm, 'resolution', 'overrides'), 'pdm.resolution.overrides'),
  ];
  const indexes = [
    ...indexesAt(poetry, 'source', 'tool.poetry'),
    ...indexesAt(uv, 'index', 'tool.uv'),
    ...indexesAt(pdm, 'source', 'tool.pdm'),
    ...indexesAt(tableAt(tools, 'rye'), 'sources', 'tool.rye'),
    ...settingsOf(uv, uvSettings(uv).filter((name) => name !== 'index'), 'tool.uv'),
    ...settingsOf(tableAt(uv, 'pip'), uvSettings(tableAt(uv, 'pip')), 'tool.uv.pip'),
    ...settingsOf(tableAt(pdm, 'resolution'), ['respect-source-order'], 'tool.pdm.resolution'),
    ...settingsOf(pdm, ['options'], 'tool.pdm'),
    ...ofPipTools(tableAt(tools, 'pip-tools')),
  ];
  return { dependencies, indexes, included: [...filesOfSetuptools(tableAt(tools, 'setuptools', 'dynamic')), ...filesOfHatch(tableAt(tools, 'hatch'))], hasMembers: Object.hasOwn(uv, 'workspace') };
}

/** Hatch in a file of its own. */
export function readHatch(text: string): DependencyFacts {
  const table = readToml(text);
  return { dependencies: requirementsBelow(table, 'hatch'), indexes: [], included: filesOfHatch(table) };
}

function filesOfSetuptools(dynamic: TomlTable): readonly string[] {
  const directives = [dynamic['dependencies'], ...Object.values(tableAt(dynamic, 'optional-dependencies'))];
  return directives.flatMap((one) => (isTable(one) ? [one['file']].flat() : [])).filter((name) => typeof name === 'string');
}

/** With their names, by which packages ask for them and some of which stand for the public index, and with the program that takes packages from them. */
function indexesAt(table: TomlTable, name: string, tool: string): readonly string[] {
  return [(Object.hasOwn(table, name) ? table[name] : undefined) ?? []].flat().map((index) => `${toldIndex(index)} (${tool}.${name})`);
}

/** Its commands have tables of their own. It takes both spellings of a name. */
function ofPipTools(table: TomlTable): readonly string[] {
  return flatEntries(table).flatMap(([name, value]) => {
    const option = name.replace(/^(?:compile|sync)\./, '').replaceAll('_', '-');
    return harmlessSettings.pip.has(option) || harmlessSettings.pipTools.has(option) ? [] : [`(tool.pip-tools.${name} = ${JSON.stringify(value)})`];
  });
}

function settingsOf(table: TomlTable, names: readonly string[], tool: string): readonly string[] {
  return names.filter((name) => Object.hasOwn(table, name)).map((name) => `(${tool}.${name} = ${JSON.stringify(table[name])})`);
}

/** Beside texts a group may name another one. */
function requirements(list: readonly TomlValue[], kind: string): readonly Dependency[] {
  return list.flatMap((one) => {
    if (typeof one === 'string') return pythonRequirement(one, kind);
    if (isTable(one) && Object.keys(one).join(' ') === 'include-group') return [];
    throw new UnreadDependencies('it has a requirement that is no text');
  });
}

function groups(table: TomlTable, kind: string): readonly Dependency[] {
  return Object.keys(table).flatMap((group) => requirements(listAt(table, group), kind));
}

function ofPoetry(poetry: TomlTable): readonly Dependency[] {
  const grouped = Object.keys(tableAt(poetry, 'group')).flatMap((name) => besidePython(tableAt(poetry, 'group', name, 'dependencies'), `poetry.group.${name}`));
  return [...['dependencies', 'dev-dependencies'].flatMap((name) => besidePython(tableAt(poetry, name), `poetry.${name}`)), ...tableDependencies(tableAt(poetry, 'requires-plugins'), 'poetry.requires-plugins'), ...grouped];
}

/** To Poetry, and to it alone, `python` among packages is the range of Python. */
function besidePython(table: TomlTable, kind: string): readonly Dependency[] {
  return tableDependencies(Object.fromEntries(Object.entries(table).filter(([name]) => name.toLowerCase() !== 'python')), kind);
}
