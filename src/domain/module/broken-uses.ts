import { compareText } from '../compare-text.ts';
import { nearestWord } from '../nearest-word.ts';
import type { ModuleFacts, ModuleReading, ModuleUse } from './module-facts.ts';
import { nearestPath, resolveSpecifier } from './resolve-specifier.ts';
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

/** Imports that are followed, and modules that are looked into, for one change: nobody but an attacker has more. */
const [mostResolved, mostSteps] = [100_000, 2_000_000];
/** Imports that lead nowhere, of one change: to tell of each takes as long as git's patterns are many. */
const mostMissing = 1_000;
/** Names of modules that are compared to tell which is near, and how often that is told. */
const [mostNear, mostHints] = [1_000, 200];

/**
 * Tells what is broken of the imports of modules, as far as what is read tells. To be asked again once what is wanted was read: where imports
 * lead is then known.
 */
export function useSearch(graph: ModuleGraph): (entries: readonly string[]) => UseFindings {
  const search = new NameSearch(graph);
  return (entries) => {
    search.beginAnew();
    return brokenUses(entries, search);
  };
}

function brokenUses(entries: readonly string[], search: NameSearch): UseFindings {
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
  #hints = 0;
  #missing = 0;

  constructor(graph: ModuleGraph) {
    this.#graph = graph;
  }

  beginAnew(): void {
    this.wanted.clear();
    this.#hints = 0;
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
    if (resolution.kind === 'missing') return { kind: 'broken', target: null, nearest: this.#hint(() => nearestPath(resolution.path, this.#graph.surroundings)) };
    return name === null ? { kind: 'fine' } : this.#find(resolution.paths, name);
  }

  #resolve(path: string, specifier: string): Resolution {
    const key = `${path}\0${specifier}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    if (this.#resolved.size >= mostResolved || this.#missing >= mostMissing) return { kind: 'untold', why: 'there are too many imports' };
    const resolution = resolveSpecifier(path, specifier, this.#graph.surroundings);
    this.#resolved.set(key, resolution);
    if (resolution.kind === 'missing' || resolution.kind === 'untold') this.#missing += 1;
    return resolution;
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
        if (near.length < mostNear) near.push(...facts.exports.slice(0, mostNear), ...facts.passes.slice(0, mostNear));
        for (const specifier of name === 'default' ? [] : facts.passesAllOf) {
          const next = this.#resolve(path, specifier);
          if (next.kind === 'standing') for (const one of next.paths) seen.add(one);
          else if (next.kind !== 'missing') why ??= `${path} passes on all of ${JSON.stringify(specifier.slice(0, 80))}`;
        }
      }
    }
    if (isOpen) return { kind: 'open' };
    return why === null ? { kind: 'broken', target: paths[0] ?? null, nearest: this.#hint(() => nearestWord(name, near.slice(0, mostNear).filter((one) => one.length <= 100))) } : { kind: 'untold', why };
  }

  #hint(near: () => string | null): string | null {
    this.#hints += 1;
    return this.#hints > mostHints ? null : near();
  }

  #givenBy(facts: ModuleFacts): ReadonlySet<string> {
    const known = this.#given.get(facts) ?? new Set([...facts.exports, ...facts.passes]);
    this.#given.set(facts, known);
    return known;
  }
}
