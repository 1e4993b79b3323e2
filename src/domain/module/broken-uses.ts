import { compareText } from '../compare-text.ts';
import type { Effort } from './effort.ts';
import type { ModuleFacts, ModuleReading, ModuleUse } from './module-facts.ts';
import { resolveSpecifier } from './resolve-specifier.ts';
import type { Resolution } from './resolve-specifier.ts';
import { isSourceFile } from './source-file.ts';
import type { Surroundings } from './surroundings.ts';
import { withHints } from './use-hints.ts';

/** An import that leads nowhere, or takes a name that is not given there. */
export interface BrokenUse extends ModuleUse {
  readonly path: string;
  /** The module that does not give the name; null: there is none. */
  readonly target: string | null;
  readonly nearest: string | null;
}

/** An import of which nothing can be told. */
export interface UntoldUse {
  readonly path: string;
  readonly specifier: string;
  readonly why: string;
}

export interface UseFindings {
  readonly broken: readonly BrokenUse[];
  readonly untold: readonly UntoldUse[];
  /** Paths of modules that have to be read before all is told; empty: all is. */
  readonly wanted: readonly string[];
  /** Whether more would have to be looked at than is: then nothing is told. */
  readonly isOver: boolean;
}

export interface ModuleGraph {
  readonly surroundings: Surroundings;
  /** Undefined: it was not read yet. */
  readingOf(path: string): ModuleReading | undefined;
}

export interface UseSearch {
  /**
   * What is broken of the imports of a module, as far as what is read tells. To be asked again once what is wanted was read: where imports lead is then
   * known. Once more characters were looked at than the effort allows it says so, and no more.
   */
  judge(path: string): UseFindings;
  /** In the order in which they stand, with what was most likely meant. */
  ordered(broken: readonly BrokenUse[]): readonly BrokenUse[];
}

export function useSearch(graph: ModuleGraph, effort: Effort): UseSearch {
  const search = new NameSearch(graph, effort);
  return {
    judge: (path) => usesOf(path, search, effort),
    ordered: (broken) => withHints(broken.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line || a.column - b.column), graph, (path, specifier) => search.resolve(path, specifier)),
  };
}

function usesOf(path: string, search: NameSearch, effort: Effort): UseFindings {
  search.wanted.clear();
  const reading = search.read(path);
  if (reading?.kind !== 'read') return { broken: [], untold: reading === undefined ? [] : [{ path, specifier: '', why: reading.why }], wanted: [...search.wanted], isOver: effort.isOver };
  const broken: BrokenUse[] = [];
  const untold = new Map<string, UntoldUse>();
  // Of a module that is not there its names are not told one by one.
  const gone = new Set<string>();
  for (const use of reading.facts.uses) {
    const { specifier } = use;
    const found = search.judge(path, use);
    if (effort.isOver) return { broken: [], untold: [], wanted: [], isOver: true };
    if (found.kind === 'untold') untold.set(specifier, { path, specifier, why: found.why });
    if (found.kind !== 'broken' || gone.has(specifier)) continue;
    if (found.target === null) gone.add(specifier);
    broken.push({ ...use, name: found.target === null ? null : use.name, path, target: found.target, nearest: null });
  }
  return { broken, untold: [...untold.values()], wanted: [...search.wanted], isOver: false };
}

type Judgement = { readonly kind: 'fine' | 'open' } | { readonly kind: 'broken'; readonly target: string | null } | { readonly kind: 'untold'; readonly why: string };

/** To look something up costs as much as to look at so many characters. */
const perStep = 32;

class NameSearch {
  readonly wanted = new Set<string>();
  readonly #graph: ModuleGraph;
  readonly #effort: Effort;
  readonly #given = new Map<ModuleFacts, ReadonlySet<string>>();
  readonly #resolved = new Map<string, Resolution>();

  constructor(graph: ModuleGraph, effort: Effort) {
    this.#graph = graph;
    this.#effort = effort;
  }

  /** What is not read is wanted from then on. */
  read(path: string): ModuleReading | undefined {
    const reading = this.#graph.readingOf(path);
    if (reading === undefined) this.wanted.add(path);
    return reading;
  }

  judge(path: string, { specifier, name }: ModuleUse): Judgement {
    const resolution = this.resolve(path, specifier);
    if (resolution.kind === 'outside') return { kind: 'fine' };
    if (resolution.kind === 'untold') return resolution;
    if (resolution.kind === 'missing') return { kind: 'broken', target: null };
    return name === null ? { kind: 'fine' } : this.#find(resolution.paths, name);
  }

  resolve(path: string, specifier: string): Resolution {
    this.#effort.spend(path.length + specifier.length + perStep);
    const key = `${path}\0${specifier}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const resolution = resolveSpecifier(path, specifier, { surroundings: this.#graph.surroundings, effort: this.#effort });
    this.#resolved.set(key, resolution);
    return resolution;
  }

  /** Through `export *` of others, which may lead in circles. */
  #find(paths: readonly string[], name: string): Judgement {
    const seen = new Set(paths);
    let [isOpen, why]: [boolean, string | null] = [false, null];
    for (const path of seen) {
      this.#effort.spend(name.length + path.length + perStep);
      if (this.#effort.isOver) return { kind: 'open' };
      if (!isSourceFile(path)) return { kind: 'untold', why: 'what such a file gives is up to a program that bundles' };
      const reading = this.read(path);
      if (reading === undefined) isOpen = true;
      else if (reading.kind === 'unread') why ??= `what ${path} gives can not be read: ${reading.why}`;
      else {
        const { facts } = reading;
        if (this.#givenBy(facts).has(name)) return { kind: 'fine' };
        if (facts.isOpen) why ??= `${path} gives what it has when it runs`;
        for (const specifier of name === 'default' ? [] : facts.passesAllOf) {
          const next = this.resolve(path, specifier);
          if (next.kind === 'standing') for (const one of next.paths) seen.add(one);
          else if (next.kind !== 'missing') why ??= `${path} passes on all of ${JSON.stringify(specifier.slice(0, 80))}`;
        }
      }
    }
    if (isOpen) return { kind: 'open' };
    return why === null ? { kind: 'broken', target: paths[0] ?? null } : { kind: 'untold', why };
  }

  #givenBy(facts: ModuleFacts): ReadonlySet<string> {
    const known = this.#given.get(facts) ?? new Set([...facts.exports, ...facts.passes]);
    this.#given.set(facts, known);
    return known;
  }
}
