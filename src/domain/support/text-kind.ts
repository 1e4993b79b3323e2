export type TextKind = 'code' | 'prose';

const proseEnd = /\.(?:md|mdx|markdown|rst|txt|adoc|asciidoc|org|tex|html?)$/i;
const proseName = /(?:^|\/)(?:readme|license|licence|changelog|changes|notice|authors|contributing|copying)$/i;

/** What a file is made of, by its name: code, unless it is known to be read by people. Null stands for text of no file, which is prose. */
export function textKindOf(path: string | null): TextKind {
  return path === null || proseEnd.test(path) || proseName.test(path) ? 'prose' : 'code';
}
