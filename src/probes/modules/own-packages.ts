import { yamlObject } from '../../domain/dependency/yaml-object.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { globProblem } from '../../domain/glob/glob-problem.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import type { OwnPackage } from '../../domain/module/imports-answer.ts';
import { folderOf } from '../../domain/module/resolve-relative.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { TooManyModules } from './module-library.ts';
import type { ModuleLibrary } from './module-library.ts';
import type { RepositoryTree } from './repository-tree.ts';
import { textsNamed } from './texts-named.ts';

/** Members of workspaces. A manifest that lies anywhere else has a name too, and is installed by nobody. */
export async function ownPackages(tree: RepositoryTree, library: ModuleLibrary): Promise<readonly OwnPackage[]> {
  const manifests = await textsNamed(tree, /(?:^|\/)package\.json$/, library);
  const read = manifests.map(([path, text]) => ({ folder: folderOf(path), value: parseJson(text) }));
  const ofPnpm = (await textsNamed(tree, /(?:^|\/)pnpm-workspace\.yaml$/, library)).flatMap(([path, text]) => memberGlobs(folderOf(path), patternsOfPnpm(text)));
  const texts = [...read.flatMap(({ folder, value }) => memberGlobs(folder, patternsOf(value))), ...ofPnpm];
  if (texts.length > limits.workspaceGlobs) throw new TooManyModules(`workspaces have more than ${limits.workspaceGlobs} patterns of members`);
  const globs = texts.filter((text) => globProblem(text) === null).map(compileGlob);
  return read.filter(({ folder }) => globs.some((glob) => glob.matches(folder))).flatMap(({ value }) => packageOf(value));
}

function packageOf(value: JsonValue | undefined): readonly OwnPackage[] {
  if (!isJsonObject(value)) return [];
  const { name, version } = value;
  return typeof name === 'string' ? [{ name, version: typeof version === 'string' ? version : null }] : [];
}

/** A list, or one below `packages`, as Yarn has it. */
function patternsOf(value: JsonValue | undefined): JsonValue {
  if (!isJsonObject(value)) return [];
  const { workspaces = [] } = value;
  return isJsonObject(workspaces) ? (workspaces['packages'] ?? []) : workspaces;
}

function patternsOfPnpm(text: string): JsonValue {
  try {
    return yamlObject(text)['packages'] ?? [];
  } catch {
    return [];
  }
}

/** Patterns that are taken back with `!` are passed over: a member too many is one of the repository all the same. */
function memberGlobs(folder: string, patterns: JsonValue): readonly string[] {
  const texts = [patterns].flat().slice(0, 200).filter((one) => typeof one === 'string');
  return texts.map((text) => `${folder === '' ? '' : `${folder}/`}${text.replace(/^\.\//, '').replace(/\/+$/, '')}`);
}
