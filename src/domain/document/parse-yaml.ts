import type { CST, Document as YamlDocument } from 'yaml';
import { limits } from '../limits.ts';
import { UnreadableText } from './unreadable-text.ts';
import { yamlLibrary } from './yaml-library.ts';

/** Pieces of text that a document may have: usual ones have six or seven for a value. The lexer and the parser are linear in them. */
const maxLexemes = limits.nodes * 8;

/** Levels that the parser keeps beside the open collections: the document, a key, a scalar. */
const extraLevels = 8;

/** By the character that they begin with, and nothing else does but text. */
const refusedLexemes: ReadonlyMap<string | undefined, string> = new Map([['&', 'an anchor'], ['*', 'an alias'], ['!', 'a tag'], ['%', 'a directive']]);

/** `take`: the caller bounds what aliases repeat. */
export interface YamlOptions {
  readonly aliases: 'refuse' | 'take';
}

/**
 * Parses YAML 1.2 core to the library's tree, refusing on the way what would make the parser slow or the value ambiguous.
 * The library compares each key with all others of its map: that is switched off, the caller looks for duplicates.
 * @throws UnreadableText
 */
export function parseYaml(text: string, { aliases }: YamlOptions = { aliases: 'refuse' }): YamlDocument.Parsed {
  const { Composer } = yamlLibrary();
  const options = { version: '1.2', schema: 'core', strict: true, merge: false, uniqueKeys: false, resolveKnownTags: false, prettyErrors: false } as const;
  const [document, second] = new Composer(options).compose(tokensOf(text, aliases === 'take'), true, text.length);
  const [problem] = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  if (problem !== undefined) throw new UnreadableText({ offset: problem.pos[0], found: sentence(problem.message), expected: 'valid YAML 1.2' });
  if (second !== undefined) throw new UnreadableText({ offset: second.range[0], found: 'a second document', expected: 'one document in a file' });
  if (document === undefined || document.contents === null) throw new UnreadableText({ offset: 0, found: 'nothing', expected: 'a YAML document' });
  return document;
}

/**
 * No more than is asked for, and nothing after the first error: only one is told, and a hostile text may have one in each
 * character. Nothing of what stands around documents either, of which a text may have as much, and which nobody asks the tree for.
 */
function* tokensOf(text: string, areAliasesTaken: boolean): Generator<CST.Token, void> {
  const { Lexer, Parser } = yamlLibrary();
  const parser = new Parser();
  let lexemes = 0;
  let offset = 0;
  let isScalarText = false;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexemes > maxLexemes) throw tooLarge(offset, `more than ${maxLexemes} pieces of text`, `at most ${maxLexemes}`);
    if (!isScalarText) refuseLexeme(lexeme, offset, areAliasesTaken);
    for (const token of parser.next(lexeme)) {
      if (!aroundDocuments.has(token.type)) yield token;
      if (token.type === 'error') return;
    }
    if (parser.stack.length > limits.depth + extraLevels) throw tooLarge(offset, `nesting deeper than ${limits.depth}`, `at most ${limits.depth} levels`);
    isScalarText = lexeme === scalarMarker;
    offset += isMarker(lexeme) ? 0 : lexeme.length;
  }
  yield* parser.end();
}

const aroundDocuments: ReadonlySet<CST.Token['type']> = new Set(['space', 'newline', 'comment']);

/** The lexer's own signs, which can not stand in the text: control characters were refused. */
const scalarMarker = '\u001f';

function isMarker(lexeme: string): boolean {
  return lexeme === scalarMarker || lexeme === '\u0002' || lexeme === '\u0018';
}

function refuseLexeme(lexeme: string, offset: number, areAliasesTaken: boolean): void {
  const what = refusedLexemes.get(lexeme[0]);
  if (what !== undefined && !(areAliasesTaken && (lexeme[0] === '&' || lexeme[0] === '*'))) throw new UnreadableText({ offset, found: `${what} ${JSON.stringify(lexeme.slice(0, 40))}`, expected: 'plain values, as in JSON' });
}

function tooLarge(offset: number, found: string, expected: string): UnreadableText {
  return new UnreadableText({ reason: 'too_large', offset, found, expected });
}

/** The library's messages, made to stand inside a sentence. */
function sentence(message: string): string {
  const first = message.split('\n')[0] ?? '';
  return `${first.slice(0, 1).toLowerCase()}${first.slice(1, 160)}`;
}
