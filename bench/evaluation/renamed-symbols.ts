import { isSourceFile } from '../../src/domain/module/source-file.ts';
import { isRelative } from '../../src/domain/module/resolve-specifier.ts';
import type { ModuleReading, ModuleUse } from '../../src/domain/module/module-facts.ts';
import { lookAtImports } from '../../src/probes/modules/look-at-imports.ts';
import type { ModuleParser, TextOfModule } from '../../src/probes/modules/module-parser.ts';
import { readModule } from '../../src/probes/modules/read-module.ts';
import type { CodeBase } from './code-base.ts';

export interface RenamedSymbols {
  readonly modules: number;
  /** Names that modules take from others of the code base. */
  readonly uses: number;
  /** Of the code base as it is: all that is told to be broken, is not. */
  readonly falseAlarms: readonly string[];
  /** Uses of which nothing is told. */
  readonly untold: number;
  /** Uses that were given a name that nobody has, one at a time. */
  readonly renamed: number;
  readonly missed: readonly string[];
}

const commit = '0'.repeat(40);

/** The parser without its thread: the text is no stranger's. What was parsed once is known. */
function parserHere(): ModuleParser {
  const known = new Map<string, ModuleReading>();
  const readingOf = ({ path, text }: TextOfModule): ModuleReading => {
    const reading = known.get(`${path}\0${text}`) ?? readModule(path, text);
    known.set(`${path}\0${text}`, reading);
    return reading;
  };
  return { parse: async (batch) => await Promise.resolve(batch.map(readingOf)), close: async () => {} };
}

/** Looks at a whole code base as if it were new, then renames what its modules take, one name at a time. @param every Of so many uses one is renamed. */
export async function renamedSymbols(base: CodeBase, every: number): Promise<RenamedSymbols> {
  const parser = parserHere();
  const modules = base.paths.filter(isSourceFile);
  const uses = modules.flatMap((path) => usesOf(path, base.textOf(path)));
  const whole = await lookAtImports({ tree: async (sha) => await Promise.resolve({ commit: sha, entries: [], complete: true }), blobs: async (wanted) => await base.blobs(wanted) }, parser, { commit, changed: base.paths.map((path) => ({ path, base: null, result: base.sideOf(path) })) });
  if (whole.kind === 'undecided') throw new Error(whole.why);
  const renamed = uses.filter((_, index) => index % every === 0);
  const missed: string[] = [];
  for (const use of renamed) if (!(await isCaught(base, parser, use))) missed.push(placeOf(use));
  return { modules: modules.length, uses: uses.length, falseAlarms: whole.broken.map(placeOf), untold: whole.untold.length, renamed: renamed.length, missed };
}

interface UseAt extends ModuleUse {
  readonly path: string;
}

function placeOf({ path, line, specifier, name }: UseAt): string {
  return `${path}:${line} ${specifier} ${name}`;
}

function usesOf(path: string, text: string): readonly UseAt[] {
  const reading = readModule(path, text);
  return reading.kind === 'unread' ? [] : reading.facts.uses.filter(({ specifier, name }) => isRelative(specifier) && name !== null && name !== 'default').map((use) => ({ ...use, path }));
}

async function isCaught(base: CodeBase, parser: ModuleParser, use: UseAt): Promise<boolean> {
  const result = base.keep(Buffer.from(withoutName(base.textOf(use.path), use)));
  const answer = await lookAtImports(base, parser, { commit, changed: [{ path: use.path, base: base.sideOf(use.path), result }] });
  return answer.kind === 'looked' && answer.broken.some(({ path, specifier, name }) => path === use.path && specifier === use.specifier && name === `${use.name}Renamed`);
}

/** The text with another name where this one is taken. */
function withoutName(text: string, { line, column, name }: UseAt): string {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  // Of a member the object may have the same name.
  const behind = /^[\w$]+\s*\.\s*/.exec(text.slice(start, start + 200))?.[0].length ?? 0;
  const at = behind + text.slice(start + behind).search(new RegExp(String.raw`(?<![\w$])${(name ?? '').replaceAll('$', String.raw`\$`)}(?![\w$])`));
  return `${text.slice(0, start + at)}${name}Renamed${text.slice(start + at + (name ?? '').length)}`;
}
