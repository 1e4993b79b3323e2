import type { ModuleReading } from '../../domain/module/module-facts.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import { namesIn } from '../../domain/module/module-facts.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { FileSide } from '../../domain/tree.ts';
import type { SpentTime } from '../worker-threads/worker-lane.ts';
import type { ModuleParser } from './module-parser.ts';

interface FileToRead {
  readonly path: string;
  readonly side: FileSide;
}

/** Modules that are parsed before it is counted what came of them: their names cross from one thread to the other. */
const parsedAtOnce = 50;

/** More is needed than is read for one change. */
export class TooManyModules extends Error {}

/** Texts and modules of one repository that are read for one change, each once and all within its limits. */
export class ModuleLibrary {
  readonly #objects: Pick<ObjectSource, 'blobs'>;
  readonly #parser: ModuleParser;
  readonly #texts = new Map<string, string | null>();
  readonly #readings = new Map<string, ModuleReading>();
  readonly #time: SpentTime = { spentMs: 0, hungMs: 0 };
  #bytes = 0;
  #surroundingBytes = 0;
  #names = 0;

  constructor(objects: Pick<ObjectSource, 'blobs'>, parser: ModuleParser) {
    this.#objects = objects;
    this.#parser = parser;
  }

  readingOf({ path, side }: FileToRead): ModuleReading | undefined {
    return this.#readings.get(keyOf(path, side));
  }

  /** @throws TooManyModules */
  async read(files: readonly FileToRead[]): Promise<void> {
    const open = new Map(files.filter((file) => this.readingOf(file) === undefined).map((file) => [keyOf(file.path, file.side), file]));
    if (this.#readings.size + open.size > limits.moduleFiles) throw new TooManyModules(`more than ${limits.moduleFiles} modules take part`);
    const wanted = [...open.values()];
    const texts = await this.texts(wanted);
    const readable = wanted.flatMap((file) => (texts.get(file.side.blob) === null ? [] : [{ ...file, text: texts.get(file.side.blob) ?? '' }]));
    for (let at = 0; at < readable.length; at += parsedAtOnce) await this.#parse(readable.slice(at, at + parsedAtOnce));
    for (const { path, side } of wanted) if (texts.get(side.blob) === null) this.#readings.set(keyOf(path, side), { kind: 'unread', why: 'it is no text, or too large' });
  }

  async #parse(files: readonly (FileToRead & { readonly text: string })[]): Promise<void> {
    const answers = await this.#parser.parse(files, this.#time);
    for (const [index, { path, side }] of files.entries()) {
      const answer = answers[index];
      if (answer === undefined || answer.kind === 'unanswered') throw new Failure('PROBE_FAILED', `Cannot tell what modules import: ${answer?.why ?? 'no answer came'}, expected each to be parsed. Try again.`);
      this.#readings.set(keyOf(path, side), answer.kind === 'undecided' ? { kind: 'unread', why: answer.why, isBeyondLimits: true } : answer);
      this.#names += answer.kind === 'read' ? namesIn(answer.facts) : 0;
    }
    if (this.#names > limits.moduleNames) throw new TooManyModules(`the modules that take part take and give more than ${limits.moduleNames} names`);
  }

  /** By blob, of what decides where imports lead. @throws TooManyModules */
  async surroundings(files: readonly FileToRead[]): Promise<ReadonlyMap<string, string | null>> {
    this.#surroundingBytes += files.filter(({ side }) => !this.#texts.has(side.blob)).reduce((sum, { side }) => sum + sizeOf(side), 0);
    if (this.#surroundingBytes > limits.surroundingBytes) throw new TooManyModules(`manifests, settings and lists of ignored files have more than ${limits.surroundingBytes} bytes`);
    return await this.texts(files);
  }

  /** By blob; null for what is no text. @throws TooManyModules */
  async texts(files: readonly FileToRead[]): Promise<ReadonlyMap<string, string | null>> {
    const open = [...new Map(files.filter(({ side }) => !this.#texts.has(side.blob)).map(({ side }) => [side.blob, side])).values()];
    this.#bytes += open.reduce((sum, side) => sum + sizeOf(side), 0);
    if (this.#bytes > limits.moduleBytes) throw new TooManyModules(`the modules that take part have more than ${limits.moduleBytes} bytes`);
    const contents = open.length === 0 ? new Map<string, never>() : await this.#objects.blobs(open.map(({ blob, size }) => ({ blob, size })));
    for (const { blob } of open) {
      const content = contents.get(blob);
      this.#texts.set(blob, content?.kind === 'bytes' ? textOf(content.bytes) : null);
    }
    return new Map(files.map(({ side }) => [side.blob, this.#texts.get(side.blob) ?? null]));
  }
}

/** What is larger is not read. */
function sizeOf({ size }: Pick<FileSide, 'size'>): number {
  return Math.min(size ?? limits.fileBytes, limits.fileBytes);
}

/** Of one content the ending of its path says the language. */
function keyOf(path: string, { blob }: FileSide): string {
  return `${blob}:${/(?:\.d)?\.[^.]*$/.exec(path)?.[0] ?? ''}`;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });
