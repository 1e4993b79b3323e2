/**
 * The signed notes that stand one after another in a text, as an anchor file holds them: each is lines, a blank line and signature
 * lines, and blank lines may stand between them. One that a crash cut short, and that follows whole, is left out.
 */
export function splitCheckpoints(text: string): readonly string[] {
  const notes: string[] = [];
  let lines: string[] = [];
  const finish = (): void => {
    if (lines.length > 0) notes.push(`${lines.join('\n')}\n`);
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (belongs(line, lines)) lines.push(line);
    else {
      finish();
      if (line !== '') lines.push(line);
    }
  }
  finish();
  return notes.filter((note, at) => !isCut(note, notes[at + 1]));
}

/** A blank line ends the text; after the signatures only another signature goes on. */
function belongs(line: string, lines: readonly string[]): boolean {
  const last = lines.at(-1);
  if (last === undefined) return line !== '';
  if (last === '' || last.startsWith(signature)) return line.startsWith(signature);
  return true;
}

function isCut(note: string, next: string | undefined): boolean {
  const begun = note.trimEnd();
  return next !== undefined && begun.length < next.trimEnd().length && next.startsWith(begun);
}

const signature = '— ';
