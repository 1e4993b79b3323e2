import { nearestWord } from '../nearest-word.ts';
import type { BrokenUse, ModuleGraph } from './broken-uses.ts';
import { folderOf } from './resolve-relative.ts';
import type { Resolution } from './resolve-specifier.ts';

/** Names that one is held against, uses of which what is near is told, and the pairs of characters that are compared for all of them. */
const [mostNames, mostHints, mostPairs] = [1_000, 200, 20_000_000];

type Resolve = (path: string, specifier: string) => Resolution;

/** What was most likely meant. It is a hint: where it costs too much there is none. */
export function withHints(broken: readonly BrokenUse[], graph: ModuleGraph, resolve: Resolve): readonly BrokenUse[] {
  let pairs = 0;
  return broken.map((use, index) => {
    if (index >= mostHints || pairs > mostPairs) return use;
    const resolution = resolve(use.path, use.specifier);
    const { folder, word, names } = use.target === null ? filesBeside(resolution, graph) : { folder: '', word: use.name ?? '', names: namesThrough(resolution, graph, resolve) };
    const known = names.slice(0, mostNames).filter((name) => name.length <= 100);
    pairs += known.reduce((sum, one) => sum + one.length * word.length, 0);
    const near = pairs > mostPairs ? null : nearestWord(word, known);
    return near === null ? use : { ...use, nearest: folder === '' ? near : `${folder}/${near}` };
  });
}

interface Near {
  readonly folder: string;
  readonly word: string;
  readonly names: readonly string[];
}

function filesBeside(resolution: Resolution, { surroundings }: ModuleGraph): Near {
  const path = resolution.kind === 'missing' ? resolution.path : '';
  const folder = folderOf(path);
  return { folder, word: path.slice(folder === '' ? 0 : folder.length + 1), names: surroundings.paths.namesIn(folder) };
}

/** Of the modules that were looked into for a name, in their order. */
function namesThrough(resolution: Resolution, graph: ModuleGraph, resolve: Resolve): readonly string[] {
  const seen = new Set(resolution.kind === 'standing' ? resolution.paths : []);
  const names: string[] = [];
  for (const path of seen) {
    if (names.length >= mostNames || seen.size > mostNames) break;
    const reading = graph.readingOf(path);
    if (reading?.kind !== 'read') continue;
    names.push(...reading.facts.exports.slice(0, mostNames), ...reading.facts.passes.slice(0, mostNames));
    for (const specifier of reading.facts.passesAllOf.slice(0, mostNames)) {
      const next = resolve(path, specifier);
      if (next.kind === 'standing') for (const one of next.paths) seen.add(one);
    }
  }
  return names;
}
