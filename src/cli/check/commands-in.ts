/** Words of a shell as `shellWord` quotes them, places to fill in, and what joins commands. */
const token = String.raw`(?:(?:'[^']*'|\\'|[^\s'\\\`<>&|;])+|<[^<>\`]*>|&&|>)`;

/** A span of commands, or one that begins as if it were and can not be read. A path in quotes is taken whole, whatever it holds. */
const span = new RegExp(`\`(?:((?:git|plumbline)(?: ${token})+)\`|(?:git|plumbline) [^\`]*\`?)`, 'g');

/** Replaces the commands in a text, which stand between backticks. @param rewrite Gets the words of each as they are written; null for what can not be read. */
export function replaceCommands(text: string, rewrite: (commands: readonly (readonly string[])[] | null, written: string) => string): string {
  return text.replace(span, (written: string, body: string | undefined) => rewrite(body === undefined ? null : commandsOf(body), written));
}

function commandsOf(body: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const [word] of body.matchAll(new RegExp(token, 'g'))) {
    if (word === '&&') commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}
