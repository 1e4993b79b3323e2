/** Trailers by which tools of agents sign a commit, beside co-authors, whose accounts GitHub knows. */
const tokens = new Set(['agent', 'ai-agent', 'assisted-by', 'generated-by']);
const most = 10;

/**
 * Agents that the trailers of a commit's message name: the lines `<token>: <name>` of its last paragraph, as git interpret-trailers reads
 * them. Anybody can write them: they route a change and prove nothing.
 */
export function agentsInMessage(message: string): readonly string[] {
  const lines = (message.trimEnd().split(/\r?\n[ \t]*\r?\n/).at(-1) ?? '').split(/\r?\n/);
  const named = lines.flatMap((line) => {
    const [, token, value] = /^([A-Za-z][A-Za-z-]{0,40})[ \t]*:[ \t]+(\S[^\r\n]{0,199})/.exec(line) ?? [];
    return token !== undefined && value !== undefined && tokens.has(token.toLowerCase()) ? [value.trim().slice(0, 100)] : [];
  });
  return [...new Set(named)].slice(0, most);
}
