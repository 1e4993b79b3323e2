import { compareText } from '../compare-text.ts';
import { nearestWord } from '../nearest-word.ts';
import type { ModuleFacts, ModuleReading, ModuleUse } from './module-facts.ts';
import { resolveSpecifier } from './resolve-specifier.ts';
import type { Resolution } from './resolve-specifier.ts';
import { isSourceFile } from './source-file.ts';
import type { Surroundings } from './surroundings.ts';

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
}

export interface ModuleGraph {
  readonly surroundings: Surroundings;
  /** Undefined: it was not read yet. */
  readingOf(path: string): ModuleReading | undefined;
}

/** Modules that are looked into for all names of one change: nobody but an attacker has more. */
const mostSteps = 2_000_000;

/** What is broken of the imports of these modules, as far as what is read tells. */
export function brokenUses(entries: readonly string[], graph: ModuleGraph): UseFindings {
  const search = new NameSearch(graph);
  const broken: BrokenUse[] = [];
  const untold = new Map<string, UntoldUse>();
  // Of a module that is not there its names are not told one by one.
  const gone = new Set<string>();
  for (const path of entries) {
    const reading = search.read(path);
    if (reading === undefined) continue;
    if (reading.kind === 'unread') untold.set(path, { path, specifier: '', why: reading.why });
    for (const use of reading.kind === 'unread' ? [] : reading.facts.uses) {
      const found = search.judge(path, use);
      if (found.kind === 'broken' && found.target !== null) broken.push({ ...use, path, target: found.target, nearest: found.nearest });
      if (found.kind === 'broken' && found.target === null && !gone.has(`${path}\0${use.specifier}`)) {
        gone.add(`${path}\0${use.specifier}`);
        broken.push({ ...use, name: null, path, target: null, nearest: found.nearest });
      }
      if (found.kind === 'untold') untold.set(`${path}\0${use.specifier}`, { path, specifier: use.specifier, why: found.why });
    }
  }
  return { broken: broken.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line || a.column - b.column), untold: [...untold.values()], wanted: [...search.wanted] };
}

type Judgement = { readonly kind: 'fine' | 'open' } | { readonly kind: 'broken'; readonly target: string | null; readonly nearest: string | null } | { readonly kind: 'untold'; readonly why: string };

class NameSearch {
  readonly wanted = new Set<string>();
  readonly #graph: ModuleGraph;
  readonly #given = new Map<ModuleFacts, ReadonlySet<string>>();
  readonly #resolved = new Map<string, Resolution>();
  #steps = 0;

  constructor(graph: ModuleGraph) {
    this.#graph = graph;
  }

  /** What is not read is wanted from then on. */
  read(path: string): ModuleReading | undefined {
    const reading = this.#graph.readingOf(path);
    if (reading === undefined) this.wanted.add(path);
    return reading;
  }

  judge(path: string, { specifier, name }: ModuleUse): Judgement {
    const resolution = this.#resolve(path, specifier);
    if (resolution.kind === 'outside') return { kind: 'fine' };
    if (resolution.kind === 'untold') return resolution;
    if (resolution.kind === 'missing') return { kind: 'broken', target: null, nearest: resolution.nearest };
    return name === null ? { kind: 'fine' } : this.#find(resolution.paths, name);
  }

  #resolve(path: string, specifier: string): Resolution {
    const key = `${path}\0${specifier}`;
    const known = this.#resolved.get(key) ?? resolveSpecifier(path, specifier, this.#graph.surroundings);
    this.#resolved.set(key, known);
    return known;
  }

  /** Through `export *` of others, which may lead in circles. */
  #find(paths: readonly string[], name: string): Judgement {
    const seen = new Set(paths);
    const near: string[] = [];
    let [isOpen, why]: [boolean, string | null] = [false, null];
    for (const path of seen) {
      this.#steps += 1;
      if (this.#steps > mostSteps) return { kind: 'untold', why: 'there are too many names to look for' };
      if (!isSourceFile(path)) return { kind: 'untold', why: 'what such a file gives is up to a program that bundles' };
      const reading = this.read(path);
      if (reading === undefined) isOpen = true;
      else if (reading.kind === 'unread') why ??= `what ${path} gives can not be read: ${reading.why}`;
      else {
        const { facts } = reading;
        if (this.#givenBy(facts).has(name)) return { kind: 'fine' };
        if (facts.isOpen) why ??= `${path} gives what it has when it runs`;
        near.push(...facts.exports, ...facts.passes);
        for (const specifier of name === 'default' ? [] : facts.passesAllOf) {
          const next = this.#resolve(path, specifier);
          if (next.kind === 'standing') for (const one of next.paths) seen.add(one);
          else if (next.kind !== 'missing') why ??= `${path} passes on all of ${JSON.stringify(specifier.slice(0, 80))}`;
        }
      }
    }
    if (isOpen) return { kind: 'open' };
    return why === null ? { kind: 'broken', target: paths[0] ?? null, nearest: nearestWord(name, near.slice(0, 1_000).filter((one) => one.length <= 100)) } : { kind: 'untold', why };
  }

  #givenBy(facts: ModuleFacts): ReadonlySet<string> {
    const known = this.#given.get(facts) ?? new Set([...facts.exports, ...facts.passes]);
    this.#given.set(facts, known);
    return known;
  }
}
